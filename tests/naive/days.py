"""Business dates (BusinessDate in proto/nhanrong/v1/values.proto) as days of Vietnam.

A fact counts from the day on which it is known to hold: the end of its stated period, or the day of its earliest
source that is not before the period begins, or the day of its recording, whichever comes first.
"""

import calendar
import datetime

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
LEAP_CYCLE_YEARS = 8  # "--02-29" comes again after at most so many years


def parse_day(text):
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def day_of(timestamp):
    """The day of an RFC 3339 moment in Vietnam."""
    # Python 3.11 takes at most six digits of a second; the day does not depend on them.
    return datetime.datetime.fromisoformat(timestamp[:19] + "+00:00").astimezone(VIETNAM).date()


def months(year, first, last):
    """First and last day of the months `first` to `last` of a year."""
    return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


def stated_days(date):
    """First and last day of the stated period; None: it names none by itself."""
    value, precision = date.get("value", ""), date.get("precision", "")
    if precision == "DATE_PRECISION_DAY":
        return parse_day(value), parse_day(value)
    if precision == "DATE_PRECISION_MONTH":
        return months(int(value[:4]), int(value[5:]), int(value[5:]))
    if precision == "DATE_PRECISION_QUARTER":
        return months(int(value[:4]), int(value[6:]) * 3 - 2, int(value[6:]) * 3)
    if precision == "DATE_PRECISION_YEAR":
        return months(int(value), 1, 12)
    if precision == "DATE_PRECISION_PHASE":
        return months(int(value[:4]), 1, 12)[0], months(int(value[5:]), 1, 12)[1]
    return None


def last_such_day(month_and_day, limit):
    """"--05-31" in the latest year in which it is not after `limit`."""
    month, day = int(month_and_day[2:4]), int(month_and_day[5:])
    for year in range(limit.year, limit.year - LEAP_CYCLE_YEARS - 1, -1):
        if day <= calendar.monthrange(year, month)[1] and datetime.date(year, month, day) <= limit:
            return datetime.date(year, month, day)
    raise ValueError(f"{month_and_day} is no day of any year")


def known_days(date, sources, recorded):
    """The first day on which a fact may have happened, and the day on which it is known to hold.

    `recorded`: the day of its recording.
    """
    issued = [parse_day(source["issuedOn"]) for source in sources]
    if date.get("precision") == "DATE_PRECISION_UNKNOWN_YEAR":
        day = last_such_day(date["value"], min(issued + [recorded]))
        return day, day
    first, last = stated_days(date) or (recorded, recorded)
    return first, min([last, recorded] + [day for day in issued if day >= first])


def year_key(date):
    """Under which year something is counted: its year, its phase as stated, or that the year is unknown."""
    precision = date.get("precision", "")
    if precision == "DATE_PRECISION_PHASE":
        return date["value"]
    if precision == "DATE_PRECISION_UNKNOWN_YEAR":
        return precision
    return date["value"][:4]
