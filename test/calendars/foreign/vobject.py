"""Reads each file of the command line with python3-vobject and prints its events, a JSON array a file."""
import json
import sys
from datetime import timezone

import vobject


def utc(value):
    return value.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def events(path):
    with open(path, encoding='utf-8', newline='') as file:
        calendar = vobject.readOne(file.read(), validate=True)
    return [
        {
            'uid': event.uid.value,
            'from': utc(event.dtstart.value),
            'to': utc(event.dtend.value),
            'summary': event.summary.value,
            'status': event.status.value,
            'sequence': int(event.sequence.value),
        }
        for event in calendar.contents.get('vevent', [])
    ]


for path in sys.argv[1:]:
    print(json.dumps(events(path)))
