/* Reads each file of the command line with libical and prints its events, a JSON array a file. Its own errors are printed as they are. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *whole(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(1, size + 1);
  if (fread(text, 1, size, file) != (size_t)size) return NULL;
  fclose(file);
  return text;
}

static void quoted(const char *name, const char *text) {
  printf("\"%s\":\"", name);
  for (; text && *text; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    if ((unsigned char)*text < 0x20) printf("\\u%04x", *text);
    else putchar(*text);
  }
  printf("\",");
}

static void instant(const char *name, icaltimetype time) {
  icaltimetype utc = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
  printf("\"%s\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\",", name, utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second);
}

static int faults(icalcomponent *part) {
  int count = icalcomponent_count_errors(part);
  for (icalproperty *it = icalcomponent_get_first_property(part, ICAL_XLICERROR_PROPERTY); it;
       it = icalcomponent_get_next_property(part, ICAL_XLICERROR_PROPERTY))
    fprintf(stderr, "%s\n", icalproperty_as_ical_string(it));
  return count;
}

int main(int count, char **paths) {
  int wrong = 0;
  for (int index = 1; index < count; index++) {
    char *text = whole(paths[index]);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar) return 1;
    wrong += faults(calendar);
    /* the tables of RFC 5546: what each method must and may hold */
    if (!icalrestriction_check(calendar)) {
      fprintf(stderr, "%s breaks a restriction\n%s", paths[index], icalcomponent_as_ical_string(calendar));
      wrong++;
    }
    printf("[");
    const char *between = "";
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
      printf("%s{", between);
      quoted("uid", icalcomponent_get_uid(event));
      instant("from", icalcomponent_get_dtstart(event));
      instant("to", icalcomponent_get_dtend(event));
      quoted("summary", icalcomponent_get_summary(event));
      quoted("status", icalproperty_status_to_string(icalproperty_get_status(status)));
      printf("\"sequence\":%d}", icalcomponent_get_sequence(event));
      between = ",";
    }
    printf("]\n");
    icalcomponent_free(calendar);
    free(text);
  }
  return wrong > 0 ? 2 : 0;
}
