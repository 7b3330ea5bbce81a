"""Reads each file of the command line with python3-icalendar and prints its events, a JSON array a file."""
import json
import sys
from datetime import timezone

import icalendar


def utc(value):
    return value.dt.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def events(path):
    with open(path, 'rb') as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    found = []
    for part in calendar.walk():
        if getattr(part, 'errors', None):
            raise ValueError(part.errors)
        if part.name != 'VEVENT':
            continue
        for stamp in ('DTSTAMP', 'CREATED', 'LAST-MODIFIED'):
            if part[stamp].dt.utcoffset().total_seconds() != 0:
                raise ValueError(stamp)
        found.append({
            'uid': str(part['UID']),
            'from': utc(part['DTSTART']),
            'to': utc(part['DTEND']),
            'summary': str(part['SUMMARY']),
            'status': str(part['STATUS']),
            'sequence': int(part['SEQUENCE']),
        })
    return found


for path in sys.argv[1:]:
    print(json.dumps(events(path)))
