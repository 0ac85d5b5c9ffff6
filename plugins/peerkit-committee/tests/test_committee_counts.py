# Every day below was counted on a paper calendar; the steps stand beside it where they are
# not plain. Bank holidays are given in brackets where a count passes over them.
import contextlib
import datetime as dt
import itertools
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit_committee.calendar.counts import Count, CountError, clear_days, parse_count
from peerkit_committee.calendar.working_days import LONGEST, WorkingDays, calendar_used

AGENDA = "agenda and reports, five clear days: SI 2012/2089 regs 6-7, s.100A-B; Elitestone"
AGENDA_BY_CALENDAR = "agenda and reports, by a council that counts calendar days: the same"
KEY = "notice of a key decision, 28 clear days: SI 2012/2089 reg 9"
EXCEPTION = "general exception, five clear days: SI 2012/2089 reg 10"
CALL_IN_A = "call-in to the end of the fifth working day: a council's constitution"
CALL_IN_B = "call-in for five clear working days: a council's constitution"
LEAD = "lead time for papers: a council's own rule"
STATEMENT = "statement of action, 70 working days: Ofsted, children's services"
PRIORITY = "priority action plan, 35 working days: SEND area inspections of 2023"
CHALLENGE = "corporate peer challenge, 3, 5, 10 and 12 months: LGA"
REVISIT = "revisit, 18 months: SEND area inspections to 2022"
INSPECTION = "papers open to inspection, 6 and 4 years: LGA 1972 s.100C-D"
ANY = "no rule: what the words say"

FIVE = "5 clear working days before"
CHRISTMAS = "24 December 2022 to 2 January 2023"


def on(day):
    return dt.date.fromisoformat(day)


def closed(*days):
    """
    Working days of a council that is closed on *days*.
    """
    return WorkingDays({day: "closed" for day in days if day})


def table(rule, count, *rows):
    """
    Yield the rows of one rule and count: what is special, the day counted from, what is
    closed, the day counted to, and before something also the last working day by then.
    """
    for what, anchor, closure, expected, *by in rows:
        yield (rule, count, what, anchor, closure, expected, *by)


COUNTED = [
    *table(
        AGENDA,
        FIVE,
        # 7, 8, 9, 10, 11 Feb are five; the day before is Sunday
        ("Monday meeting", "2022-02-14", "", "2022-02-06", "2022-02-04"),
        # 8, 9, 10, 11, 14 Feb
        ("Tuesday meeting", "2022-02-15", "", "2022-02-07", "2022-02-07"),
        # 9, 10, 11, 14, 15 Feb
        ("Wednesday meeting", "2022-02-16", "", "2022-02-08", "2022-02-08"),
        # 11, 14, 15, 16, 17 Feb
        ("Friday meeting", "2022-02-18", "", "2022-02-10", "2022-02-10"),
        # 14 to 18 Feb, a whole week
        ("Saturday meeting", "2022-02-19", "", "2022-02-13", "2022-02-11"),
        # the same week
        ("Sunday meeting", "2022-02-20", "", "2022-02-13", "2022-02-11"),
    ),
    *table(
        AGENDA,
        FIVE,
        # Easter 23 Mar 2008: 14, 17, 18, 19, 20 Mar [21, 24]
        ("Tuesday after Easter 2008", "2008-03-25", "", "2008-03-13", "2008-03-13"),
        # Easter 24 Apr 2011: 21 Apr [22, 25] 26, 27, 28 Apr [29, a wedding; 2 May] 3 May
        ("Easter and a wedding 2011", "2011-05-04", "", "2011-04-20", "2011-04-20"),
        # Easter 21 Apr 2019: 12, 15, 16, 17, 18 Apr [19, 22]
        ("Tuesday after Easter 2019", "2019-04-23", "", "2019-04-11", "2019-04-11"),
        # 15, 16, 17, 18 Apr [19, 22] 23 Apr; the day before is Sunday 14
        ("Wednesday after Easter 2019", "2019-04-24", "", "2019-04-14", "2019-04-12"),
        # 16, 17, 18 Apr [19, 22] 23, 24 Apr
        ("Thursday after Easter 2019", "2019-04-25", "", "2019-04-15", "2019-04-15"),
        # Easter 4 Apr 2021: 26, 29, 30, 31 Mar, 1 Apr [2, 5]
        ("Tuesday after Easter 2021", "2021-04-06", "", "2021-03-25", "2021-03-25"),
        # 29, 30, 31 Mar, 1 Apr [2, 5] 6 Apr; the day before is Sunday 28
        ("Wednesday after Easter 2021", "2021-04-07", "", "2021-03-28", "2021-03-26"),
        # Easter 17 Apr 2022: 8, 11, 12, 13, 14 Apr [15, 18]
        ("Tuesday after Easter 2022", "2022-04-19", "", "2022-04-07", "2022-04-07"),
        # 12, 13, 14 Apr [15, 18] 19, 20 Apr
        ("Thursday after Easter 2022", "2022-04-21", "", "2022-04-11", "2022-04-11"),
        # Easter 9 Apr 2023: 31 Mar, 3, 4, 5, 6 Apr [7, 10]
        ("Tuesday after Easter 2023", "2023-04-11", "", "2023-03-30", "2023-03-30"),
        # Easter 31 Mar 2024: 25, 26, 27, 28 Mar [29, 1 Apr] 2 Apr; the day before is Sunday 24
        ("Wednesday after Easter 2024", "2024-04-03", "", "2024-03-24", "2024-03-22"),
        # Easter 20 Apr 2025: 11, 14, 15, 16, 17 Apr [18, 21]
        ("Tuesday after Easter 2025", "2025-04-22", "", "2025-04-10", "2025-04-10"),
        # Easter 5 Apr 2026: 31 Mar, 1, 2 Apr [3, 6] 7, 8 Apr
        ("Thursday after Easter 2026", "2026-04-09", "", "2026-03-30", "2026-03-30"),
        # Easter 12 Apr 2099: 3, 6, 7, 8, 9 Apr [10, 13]
        ("Tuesday after Easter 2099", "2099-04-14", "", "2099-04-02", "2099-04-02"),
    ),
    *table(
        AGENDA,
        FIVE,
        # no May Day yet: 26, 27, 28, 29 Apr, 2 May
        ("May 1977", "1977-05-03", "", "1977-04-25", "1977-04-25"),
        # the first May Day: 24 to 28 Apr [1 May]
        ("day after May Day 1978", "1978-05-02", "", "1978-04-23", "1978-04-21"),
        # 31 May, 1 Jun [4 moved, 5 added] 6, 7, 8 Jun
        ("Diamond Jubilee 2012", "2012-06-11", "", "2012-05-30", "2012-05-30"),
        # May Day moved to 8 May, so 4 May is worked: 5, 6, 7 [8] 11, 12 May
        ("May Day moved to 8 May 2020", "2020-05-13", "", "2020-05-04", "2020-05-04"),
        # 25 to 29 Apr [2 May]
        ("day after May Day 2022", "2022-05-03", "", "2022-04-24", "2022-04-22"),
        # the same five as on the day after
        ("on May Day 2022 itself", "2022-05-02", "", "2022-04-24", "2022-04-22"),
        # 26, 27, 30, 31 May, 1 Jun [2 moved from 30 May, 3 added]
        ("Monday after the Jubilee 2022", "2022-06-06", "", "2022-05-25", "2022-05-25"),
        # 27, 30, 31 May, 1 Jun [2, 3] 6 Jun
        ("Tuesday after the Jubilee 2022", "2022-06-07", "", "2022-05-26", "2022-05-26"),
        # 30, 31 May, 1 Jun [2, 3] 6, 7 Jun; the day before is Sunday 29
        ("Wednesday after the Jubilee 2022", "2022-06-08", "", "2022-05-29", "2022-05-27"),
        # 22 to 26 Aug [29]
        ("day after August 2022", "2022-08-30", "", "2022-08-21", "2022-08-19"),
        # 12 to 16 Sep [19, the funeral]
        ("day after 19 September 2022", "2022-09-20", "", "2022-09-11", "2022-09-09"),
        # 16 [19] 20, 21, 22, 23 Sep
        ("Monday after 19 September 2022", "2022-09-26", "", "2022-09-15", "2022-09-15"),
        # 28 Apr [1 May] 2, 3, 4, 5 May [8, the coronation]
        ("day after 8 May 2023", "2023-05-09", "", "2023-04-27", "2023-04-27"),
        # 25 [28] 29, 30, 31 Aug, 1 Sep
        ("Monday after August 2023", "2023-09-04", "", "2023-08-24", "2023-08-24"),
    ),
    *table(
        AGENDA,
        FIVE,
        # 22, 23, 24 [27, 28] 29, 30 Dec [31, the millennium; 3 Jan for Saturday 1]
        ("New Year 2000", "2000-01-04", "", "1999-12-21", "1999-12-21"),
        # 23, 24 [25, 28 for Saturday 26] 29, 30, 31 Dec [1 Jan]
        ("Monday after New Year 2021", "2021-01-04", "", "2020-12-22", "2020-12-22"),
        # 21, 22, 23, 24 [25, 28; 29 to 31 closed] [1 Jan] 4 Jan; the day before is Sunday 20
        ("closed", "2021-01-05", "29 to 31 December 2020", "2020-12-20", "2020-12-18"),
        # 23, 24 [27, 28 for the weekend] 29, 30, 31 Dec [3 Jan for Saturday 1]
        ("day after New Year 2022", "2022-01-04", "", "2021-12-22", "2021-12-22"),
        # 20 to 24 [27, 28; 29 to 31 closed] [3 Jan]
        ("closed", "2022-01-04", "29 to 31 December 2021", "2021-12-19", "2021-12-17"),
        # 24 [27, 28] 29, 30, 31 Dec [3 Jan] 4 Jan
        ("Wednesday after New Year 2022", "2022-01-05", "", "2021-12-23", "2021-12-23"),
        # 22, 23, 24 [27, 28; 29 to 31 closed] [3 Jan] 4, 5 Jan
        ("closed", "2022-01-06", "29 to 31 December 2021", "2021-12-21", "2021-12-21"),
        # 22, 23 [26, 27 for Sunday 25] 28, 29, 30 Dec [2 Jan for Sunday 1]
        ("day after New Year 2023", "2023-01-03", "", "2022-12-21", "2022-12-21"),
        # 19 to 23 [26, 27; 28 to 30 closed] [2 Jan]
        ("closed", "2023-01-03", "28 to 30 December 2022", "2022-12-18", "2022-12-16"),
        # the same: all else in the span is free anyhow
        ("closed for long", "2023-01-03", CHRISTMAS, "2022-12-18", "2022-12-16"),
        # 23 [26, 27; 28 to 30 closed] [2 Jan] 3, 4, 5, 6 Jan
        ("closed", "2023-01-09", "28 to 30 December 2022", "2022-12-22", "2022-12-22"),
        # 19, 20, 23, 24 [25, 26] 27 Dec
        ("between Christmas and New Year 2024", "2024-12-30", "", "2024-12-18", "2024-12-18"),
        # 18, 19, 20, 23 [24 closed; 25, 26] 27 Dec
        ("closed on Christmas Eve", "2024-12-30", "24 December 2024", "2024-12-17", "2024-12-17"),
        # 23, 24 [27, 28 for the weekend] 29, 30, 31 Dec [3 Jan for Saturday 1]
        ("day after New Year 2028", "2028-01-04", "", "2027-12-22", "2027-12-22"),
        # 22, 23 [26, 27 for Sunday 25] 28, 29, 30 Dec [2 Jan for Sunday 1]
        ("day after New Year 2051", "2051-01-03", "", "2050-12-21", "2050-12-21"),
    ),
    *table(
        AGENDA_BY_CALENDAR,
        "5 clear days before",
        # 9, 10, 11, 12, 13 Feb
        ("weekends count", "2022-02-14", "", "2022-02-08", "2022-02-08"),
        # 14, 15, 16, 17, 18 Apr
        ("so does Easter", "2022-04-19", "", "2022-04-13", "2022-04-13"),
        # 28, 29, 30, 31 Dec, 1 Jan; 27 Dec is for Sunday 25, 24 Dec is Saturday
        ("ends on a substitute day", "2023-01-02", "", "2022-12-27", "2022-12-23"),
    ),
    *table(
        KEY,
        "28 clear days before",
        # 17 to 31 Jan are 15, 1 to 13 Feb are 13
        ("Monday meeting", "2022-02-14", "", "2022-01-16", "2022-01-14"),
        # 8 to 30 Nov are 23, 1 to 5 Dec are 5
        ("Tuesday meeting", "2022-12-06", "", "2022-11-07", "2022-11-07"),
        # 18 to 30 Apr are 13, 1 to 15 May are 15; 17 Apr is Easter Sunday
        ("ends at Easter", "2022-05-16", "", "2022-04-17", "2022-04-14"),
        # 5 to 30 Apr are 26, 1 and 2 May are 2
        ("over Easter", "2022-05-03", "", "2022-04-04", "2022-04-04"),
        # 6 to 31 Dec are 26, 1 and 2 Jan are 2
        ("over Christmas", "2023-01-03", "", "2022-12-05", "2022-12-05"),
        # 3 to 30 Jan; 2 Jan is free for Sunday 1
        ("ends on a substitute day", "2023-01-31", "", "2023-01-02", "2022-12-30"),
        # 30, 29, 28 Dec closed [27, 26], 25 and 24 Dec are the weekend
        ("closed", "2023-01-31", "28 to 30 December 2022", "2023-01-02", "2022-12-23"),
        # 29 Feb is 1, 1 to 27 Mar are 27
        ("leap day", "2024-03-28", "", "2024-02-28", "2024-02-28"),
    ),
    *table(
        KEY,
        "28 clear days after",
        # 1 to 28 Jul
        ("notice on Tuesday 30 June", "2020-06-30", "", "2020-07-29"),
        # 16 to 30 Nov are 15, 1 to 13 Dec are 13
        ("notice on 15 November", "2022-11-15", "", "2022-12-14"),
        # 1 to 28 Mar
        ("no leap day", "2023-02-28", "", "2023-03-29"),
        # 29 Feb is 1, 1 to 27 Mar are 27
        ("over a leap day", "2024-02-28", "", "2024-03-28"),
        # 1 to 28 Mar; that 29 Mar is Good Friday is no matter
        ("from a leap day", "2024-02-29", "", "2024-03-29"),
        # 3 to 30 Dec
        ("to the last day there is", "9999-12-02", "", "9999-12-31"),
    ),
    *table(
        EXCEPTION,
        "5 clear working days after",
        # 10, 11, 14, 15, 16 Feb
        ("notice on a Wednesday", "2022-02-09", "", "2022-02-17"),
        # [29 Mar, 1 Apr] 2, 3, 4, 5, 8 Apr
        ("notice before Good Friday", "2024-03-28", "", "2024-04-09"),
    ),
    *table(
        CALL_IN_A,
        "5 working days after",
        # 13, 14, 17, 18, 19 Dec
        ("published on Wednesday", "2018-12-12", "", "2018-12-19"),
        # [Fri 8 May] 11 to 15 May
        ("published before 8 May 2020", "2020-05-07", "", "2020-05-15"),
        # 14 to 18 Feb
        ("published on Saturday", "2022-02-12", "", "2022-02-18"),
        # 14 [15, 18] 19, 20, 21, 22 Apr
        ("published in Holy Week", "2022-04-13", "", "2022-04-22"),
        # [15, 18] 19, 20, 21, 22, 25 Apr
        ("published before Good Friday", "2022-04-14", "", "2022-04-25"),
        # 23, 24 [27, 28] 29, 30, 31 Dec
        ("published before Christmas", "2021-12-22", "", "2021-12-31"),
        # 23, 24 [27, 28; 29 to 31 closed] [3 Jan] 4, 5, 6 Jan
        ("closed", "2021-12-22", "29 to 31 December 2021", "2022-01-06"),
        # [Mon 5 May] 6, 7, 8, 9, 12 May
        ("published before May Day", "2025-05-02", "", "2025-05-12"),
        # [27, 28] 29, 30, 31 Dec [3 Jan] 4, 5 Jan
        ("published on Christmas Eve", "2027-12-24", "", "2028-01-05"),
    ),
    *table(
        CALL_IN_A,
        "5 pm, 3 working days after",
        # [Mon 8 May, the coronation] 9, 10, 11 May
        ("published before 8 May 2023", "2023-05-05", "", "2023-05-11"),
    ),
    *table(
        CALL_IN_B,
        "5 clear working days after",
        # 18 to 22 Sep, then Monday
        ("published on Friday", "2017-09-15", "", "2017-09-25"),
        # 31 Aug, 1, 2, 5, 6 Sep
        ("published after August", "2022-08-30", "", "2022-09-07"),
        # 15, 16 [19] 20, 21, 22 Sep
        ("over 19 September 2022", "2022-09-14", "", "2022-09-23"),
    ),
    *table(
        LEAD,
        "10 am, 7 working days before",
        # 11, 10, 9, 8, 7, 4, 3 Feb
        ("Monday meeting", "2022-02-14", "", "2022-02-03", "2022-02-03"),
        # the same seven
        ("Sunday meeting", "2022-02-13", "", "2022-02-03", "2022-02-03"),
        # 20, 19 [18, 15] 14, 13, 12, 11, 8 Apr
        ("Thursday after Easter", "2022-04-21", "", "2022-04-08", "2022-04-08"),
        # [3 Jan] 31, 30, 29 [28, 27] 24, 23, 22, 21 Dec
        ("after New Year", "2022-01-04", "", "2021-12-21", "2021-12-21"),
        # [3 Jan] [31 to 29 closed; 28, 27] 24, 23, 22, 21, 20, 17, 16 Dec
        ("closed", "2022-01-04", "29 to 31 December 2021", "2021-12-16", "2021-12-16"),
        # [8] 5, 4, 3, 2 [1 May] 28, 27, 26 Apr
        ("May 2023", "2023-05-09", "", "2023-04-26", "2023-04-26"),
    ),
    *table(
        LEAD,
        "noon, 9 working days before",
        # 7, 6 [3, 2] 1 Jun, 31, 30, 27, 26, 25, 24 May
        ("over the Jubilee", "2022-06-08", "", "2022-05-24", "2022-05-24"),
    ),
    *table(
        STATEMENT,
        "70 working days after",
        # Dec: 2-3 2, 6-10 7, 13-17 12, 20-24 17 [27, 28] 29-31 20. Jan: [3] 4-7 24, 10-14 29,
        # 17-21 34, 24-28 39. 31 Jan-4 Feb 44, 7-11 49, 14-18 54, 21-25 59. 28 Feb-4 Mar 64,
        # 7-11 69, Monday 14 Mar 70
        ("over Christmas", "2021-12-01", "", "2022-03-14"),
        # three days fewer by 31 Dec, so three more: 15, 16, 17 Mar
        ("closed", "2021-12-01", "29 to 31 December 2021", "2022-03-17"),
        # Mar: 2-4 3, 7-11 8, 14-18 13, 21-25 18. 28 Mar-1 Apr 23, 4-8 28, 11-14 32 [15, 18]
        # 19-22 36, 25-29 41. May: [2] 3-6 45, 9-13 50, 16-20 55, 23-27 60. 30 May-1 Jun 63
        # [2, 3] 6-10 68, 13 69, Tuesday 14 Jun 70
        ("over Easter and the Jubilee", "2022-03-01", "", "2022-06-14"),
        # Jan: 16-20 5, 23-27 10. 30 Jan-3 Feb 15, 6-10 20, 13-17 25, 20-24 30. 27 Feb-3 Mar 35,
        # 6-10 40, 13-17 45, 20-24 50, 27-31 55. Apr: 3-6 59 [7, 10] 11-14 63, 17-21 68, 24 69,
        # Tuesday 25 Apr 70
        ("over Easter", "2023-01-13", "", "2023-04-25"),
        # 26 Jan 1. 29 Jan-2 Feb 6, 5-9 11, 12-16 16, 19-23 21. 26 Feb-1 Mar 26, 4-8 31,
        # 11-15 36, 18-22 41, 25-28 45 [29, 1 Apr] 2-5 49, 8-12 54, 15-19 59, 22-26 64.
        # 29 Apr-3 May 69 [6] Tuesday 7 May 70
        ("over a leap day and Easter", "2024-01-25", "", "2024-05-07"),
    ),
    *table(
        PRIORITY,
        "35 working days after",
        # Nov: 7-10 4, 13-17 9, 20-24 14. 27 Nov-1 Dec 19, 4-8 24, 11-15 29, 18-22 34 [25, 26]
        # Wednesday 27 Dec 35
        ("over Christmas", "2023-11-06", "", "2023-12-27"),
        # 34 by 22 Dec [25, 26; 27 to 29 closed] [1 Jan] Tuesday 2 Jan 35
        ("closed", "2023-11-06", "27 to 29 December 2023", "2024-01-02"),
        # Mar: 4-8 5, 11-15 10, 18-22 15, 25-28 19 [29, 1 Apr] 2-5 23, 8-12 28, 15-19 33, 22 34,
        # Tuesday 23 Apr 35
        ("over Easter 2024", "2024-03-01", "", "2024-04-23"),
        # Apr: 2-4 3, 7-11 8, 14-17 12 [18, 21] 22-25 16. 28 Apr-2 May 21 [5] 6-9 25, 12-16 30,
        # 19-23 35
        ("over Easter 2025", "2025-04-01", "", "2025-05-23"),
    ),
    *table(
        CHALLENGE,
        "3 months after",
        ("same day of the month", "2021-09-22", "", "2021-12-22"),
        # there is no 30 Feb
        ("clipped to February", "2022-11-30", "", "2023-02-28"),
        ("clipped to a leap day", "2023-11-30", "", "2024-02-29"),
        # not carried on to 31 May
        ("from a leap day", "2024-02-29", "", "2024-05-29"),
    ),
    *table(
        CHALLENGE,
        "5 months after",
        ("same day of the month", "2021-09-22", "", "2022-02-22"),
        ("clipped to February", "2021-09-30", "", "2022-02-28"),
        # January has 31 days
        ("31 to 31", "2022-08-31", "", "2023-01-31"),
    ),
    *table(
        CHALLENGE,
        "10 months after",
        ("same day of the month", "2021-09-22", "", "2022-07-22"),
        ("clipped to a leap day", "2023-04-30", "", "2024-02-29"),
    ),
    *table(
        CHALLENGE,
        "12 months after",
        ("same day of the month", "2021-09-22", "", "2022-09-22"),
        ("December stays in its next year", "2021-12-31", "", "2022-12-31"),
        ("from a leap day", "2024-02-29", "", "2025-02-28"),
    ),
    *table(
        REVISIT,
        "18 months after",
        # August 2020, a year on August 2021, six months on February 2022
        ("clipped to February", "2020-08-31", "", "2022-02-28"),
    ),
    *table(
        ANY,
        "3 months before",
        ("31 to 31", "2022-03-31", "", "2021-12-31", "2021-12-31"),
        # Monday 28 Feb
        ("clipped to February", "2022-05-31", "", "2022-02-28", "2022-02-28"),
        # Easter Monday; Thursday 14 Apr is worked
        ("ends on Easter Monday", "2022-07-18", "", "2022-04-18", "2022-04-14"),
    ),
    *table(
        ANY,
        "13 months before",
        # January 2021, then December 2020, a Tuesday
        ("over two years' ends", "2022-01-15", "", "2020-12-15", "2020-12-15"),
    ),
    *table(
        INSPECTION,
        "6 years after",
        ("same day", "2022-02-14", "", "2028-02-14"),
        # 2030 has no leap day
        ("from a leap day", "2024-02-29", "", "2030-02-28"),
        ("to the last year there is", "9993-02-14", "", "9999-02-14"),
    ),
    *table(
        INSPECTION,
        "4 years after",
        ("same day", "2022-02-14", "", "2026-02-14"),
        ("leap day to leap day", "2024-02-29", "", "2028-02-29"),
        # 2100 is no leap year
        ("a century's leap day", "2096-02-29", "", "2100-02-28"),
    ),
    *table(
        ANY,
        "1 year before",
        ("from a leap day", "2024-02-29", "", "2023-02-28", "2023-02-28"),
    ),
    *table(
        ANY,
        "2 weeks before",
        ("Monday to Monday", "2022-02-14", "", "2022-01-31", "2022-01-31"),
        # Easter Monday; Thursday 14 Apr is worked
        ("ends on Easter Monday", "2022-05-02", "", "2022-04-18", "2022-04-14"),
    ),
    *table(
        ANY,
        "6 weeks after",
        # four weeks to 29 Feb, two more
        ("over a leap day", "2024-02-01", "", "2024-03-14"),
    ),
    *table(
        ANY,
        "7 days after",
        # 27, 28, 29 Feb, 1, 2, 3, 4 Mar
        ("over a leap day", "2024-02-26", "", "2024-03-04"),
        # 27, 28 Feb, 1 to 5 Mar
        ("no leap day", "2023-02-26", "", "2023-03-05"),
    ),
    *table(
        ANY,
        "1 day before",
        # Monday is May Day
        ("ends on a bank holiday", "2022-05-03", "", "2022-05-02", "2022-04-29"),
    ),
    *table(ANY, "0 days after", ("Saturday", "2022-02-12", "", "2022-02-12")),
    *table(ANY, "0 working days after", ("Saturday stays", "2022-02-12", "", "2022-02-12")),
    *table(
        ANY,
        "0 working days before",
        ("Saturday stays", "2022-02-12", "", "2022-02-12", "2022-02-11"),
    ),
    *table(
        ANY,
        "0 clear days before",
        ("the day before", "2022-02-14", "", "2022-02-13", "2022-02-11"),
    ),
    *table(
        ANY,
        "0 clear working days before",
        ("the day before, though Sunday", "2022-02-14", "", "2022-02-13", "2022-02-11"),
    ),
    *table(ANY, "0 clear working days after", ("Friday", "2022-02-11", "", "2022-02-14")),
    *table(ANY, "0 months after", ("end of a month", "2022-01-31", "", "2022-01-31")),
    *table(
        ANY,
        "1 clear day before",
        # Sunday is the one
        ("over Sunday", "2022-02-14", "", "2022-02-12", "2022-02-11"),
    ),
    *table(
        ANY,
        "1 clear working day before",
        # Friday is the one
        ("over the weekend", "2022-02-14", "", "2022-02-10", "2022-02-10"),
    ),
    *table(ANY, "1 clear day after", ("over Saturday", "2022-02-11", "", "2022-02-13")),
    *table(ANY, "1 working day after", ("over the weekend", "2022-02-11", "", "2022-02-14")),
    # Monday is the one
    *table(ANY, "1 clear working day after", ("Friday", "2022-02-11", "", "2022-02-15")),
]


def named(row):
    """
    A row's name: count, day, what is special about it.
    """
    _, count, what, anchor, *_ = row
    return f"{count} {anchor}, {what}"


@pytest.mark.parametrize(
    ("rule", "count", "anchor", "closure", "expected"),
    [(rule, count, *rest[:3]) for rule, count, _, *rest in COUNTED],
    ids=map(named, COUNTED),
)
def test_a_count_leads_to_the_day_counted_by_hand(rule, count, anchor, closure, expected):
    """
    A count leads to the day that a person with a calendar of bank holidays comes to.
    """
    day = parse_count(count).day(on(anchor), closed(closure))

    assert on(expected) == day, rule


BEFORE = [row for row in COUNTED if row[1].endswith("before")]


@pytest.mark.parametrize(
    ("rule", "count", "anchor", "closure", "by"),
    [(rule, count, anchor, closure, by) for rule, count, _, anchor, closure, _, by in BEFORE],
    ids=map(named, BEFORE),
)
def test_before_something_one_acts_on_a_working_day(rule, count, anchor, closure, by):
    """
    Where there is time enough up to a Sunday, the last day to act at work is Friday.
    """
    days = closed(closure)

    assert on(by) == days.last_by(parse_count(count).day(on(anchor), days)), rule


@pytest.mark.parametrize(
    ("scheme", "published", "expected"),
    [
        # [Mon 5 May] 6, 7, 8, 9, 12 May
        ("5 working days after", "2025-05-02", "2025-05-13"),
        # 13, 14, 17, 18, 19 Dec
        ("5 working days after", "2018-12-12", "2018-12-20"),
        # 14 [15, 18] 19, 20, 21, 22 Apr; a decision takes effect on Saturday too
        ("5 working days after", "2022-04-13", "2022-04-23"),
        # 18 to 22 Sep, deadline Monday 25
        ("5 clear working days after", "2017-09-15", "2017-09-26"),
    ],
)
def test_a_decision_has_effect_the_day_after_its_call_in_ends(scheme, published, expected):
    """
    The day after the deadline is a day of the calendar, whatever day it is.
    """
    deadline = parse_count(scheme).day(on(published), closed())

    assert on(expected) == parse_count("1 day after").day(deadline, closed())


BETWEEN = [
    # earlier, later, closed, days, working days
    ("too short for a key decision", "2022-11-15", "2022-12-06", "", 20, 14),
    ("just 28", "2020-06-30", "2020-07-29", "", 28, 20),
    ("Friday to the Monday week", "2022-02-04", "2022-02-14", "", 9, 5),
    ("Sunday to the Monday week", "2022-02-06", "2022-02-14", "", 7, 5),
    ("Monday to Monday", "2022-02-07", "2022-02-14", "", 6, 4),
    ("over a weekend", "2022-02-11", "2022-02-14", "", 2, 0),
    ("within a weekend", "2022-02-12", "2022-02-13", "", 0, 0),
    ("over Easter", "2022-04-14", "2022-04-19", "", 4, 0),
    ("4 May 2020 was worked", "2020-05-01", "2020-05-05", "", 3, 1),
    ("8 May 2020 was not", "2020-05-07", "2020-05-11", "", 3, 0),
    ("30 May 2022 was worked", "2022-05-27", "2022-05-31", "", 3, 1),
    ("over the Jubilee", "2022-06-01", "2022-06-06", "", 4, 0),
    ("19 September 2022", "2022-09-16", "2022-09-20", "", 3, 0),
    ("8 May 2023", "2023-05-04", "2023-05-09", "", 4, 1),
    # 28, 29, 30 Dec
    ("over Christmas", "2022-12-23", "2023-01-03", "", 10, 3),
    ("closed", "2022-12-23", "2023-01-03", "28 to 30 December 2022", 10, 0),
    ("closed but for a day", "2022-12-23", "2023-01-03", "28 to 29 December 2022", 10, 1),
    ("over a leap day", "2024-02-28", "2024-03-01", "", 1, 1),
    ("no leap day", "2023-02-28", "2023-03-01", "", 0, 0),
    ("same day", "2022-02-14", "2022-02-14", "", 0, 0),
    ("next day", "2022-02-14", "2022-02-15", "", 0, 0),
    ("the wrong way round", "2022-02-14", "2022-02-04", "", 0, 0),
]


@pytest.mark.parametrize(
    ("earlier", "later", "closure", "expected"),
    [(*row[1:4], row[4:]) for row in BETWEEN],
    ids=[row[0] for row in BETWEEN],
)
def test_clear_days_lie_strictly_between_two_days(earlier, later, closure, expected):
    """
    Neither the day of publication nor that of the meeting counts, and never fewer than none.
    """
    days, working = expected
    between = on(earlier), on(later), closed(closure)

    assert days == clear_days(*between, is_working=False)
    assert working == clear_days(*between, is_working=True)


@pytest.mark.parametrize(
    ("count", "anchor"),
    [
        ("28 clear days before", "0001-01-29"),
        ("5 clear working days before", "0001-01-04"),
        ("7 working days before", "0001-01-04"),
        ("2 weeks before", "0001-01-14"),
        ("1 month before", "0001-01-31"),
        ("1 year before", "0001-12-31"),
        ("1 day after", "9999-12-31"),
        ("5 working days after", "9999-12-30"),
        ("9999 weeks after", "9900-01-01"),
        ("1 month after", "9999-12-01"),
        ("6 years after", "9994-01-01"),
        ("9999 years after", "2022-02-14"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(count, anchor):
    """
    Before year 1 and after 9999 there is no day, whatever the unit.
    """
    counted = parse_count(count)

    with pytest.raises(OverflowError):
        counted.day(on(anchor), closed())


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        (
            "5 clear working days before",
            Count(number=5, is_working=True, is_clear=True, is_before=True),
            "5 clear working days before",
        ),
        (
            "28 clear days before",
            Count(number=28, is_clear=True, is_before=True),
            "28 clear days before",
        ),
        ("5 working days after", Count(number=5, is_working=True), "5 working days after"),
        (
            "10 am, 7 working days before",
            Count(number=7, is_working=True, is_before=True, time="10 am"),
            "10 am, 7 working days before",
        ),
        ("3 months after", Count(number=3, unit="month"), "3 months after"),
        ("6 years after", Count(number=6, unit="year"), "6 years after"),
        ("2 weeks before", Count(number=2, unit="week", is_before=True), "2 weeks before"),
        ("1 day after", Count(number=1), "1 day after"),
        ("1 days after", Count(number=1), "1 day after"),
        ("2 day after", Count(number=2), "2 days after"),
        ("1 year after", Count(number=1, unit="year"), "1 year after"),
        ("0 days after", Count(number=0), "0 days after"),
        ("9999 days after", Count(number=9999), "9999 days after"),
        (
            "1 clear working day before",
            Count(number=1, is_working=True, is_clear=True, is_before=True),
            "1 clear working day before",
        ),
        (
            " 5  Clear\nWORKING\u00a0days   Before ",
            Count(number=5, is_working=True, is_clear=True, is_before=True),
            "5 clear working days before",
        ),
        ("5" + " " * 90 + "days after", Count(number=5), "5 days after"),
        ("10.30am, 1 day before", Count(number=1, is_before=True, time="10.30am"), None),
        ("12:05 PM, 1 day before", Count(number=1, is_before=True, time="12:05 PM"), None),
        ("noon, 1 day before", Count(number=1, is_before=True, time="noon"), None),
        ("Midnight, 1 day after", Count(number=1, time="Midnight"), None),
        ("17:00, 1 day after", Count(number=1, time="17:00"), None),
        ("9:00, 1 day after", Count(number=1, time="9:00"), None),
        ("00:00, 1 day after", Count(number=1, time="00:00"), None),
        ("23:59, 1 day after", Count(number=1, time="23:59"), None),
    ],
)
def test_a_count_is_read_and_written_again(text, expected, words):
    """
    A count is read in any case and spacing, and written in one form that reads the same.
    """
    count = parse_count(text)

    assert expected == count
    assert (words or text) == str(count)
    assert count == parse_count(str(count))


REFUSED = [
    ("", "is no count"),
    ("five days", "is no count"),
    ("five days before", "is no count"),
    ("5 days", "is no count"),
    ("days before", "is no count"),
    ("5 before", "is no count"),
    ("before 5 days", "is no count"),
    ("-1 days before", "is no count"),
    ("+1 days before", "is no count"),
    ("1.5 days before", "is no count"),
    ("5days before", "is no count"),
    ("0005 days after", "is no count"),
    ("00 days after", "is no count"),
    ("10000 days after", "is no count"),
    ("٥ days before", "is no count"),
    ("5 dayſ before", "is no count"),
    ("5 wee\u212as before", "is no count"),
    ("5 clear weeks before", "is no count"),
    ("5 clear months after", "is no count"),
    ("5 working months after", "is no count"),
    ("6 clear years after", "is no count"),
    ("5 working clear days before", "is no count"),
    ("5 clear clear days before", "is no count"),
    ("5 hours before", "is no count"),
    ("5 days before or after", "is no count"),
    ("5 days before the meeting", "is no count"),
    ("at least 5 days before", "is no count"),
    ("5 days before, 10 am", "is no count"),
    ("10 am 7 working days before", "is no count"),
    ("10 am, noon, 3 days before", "is no count"),
    ("25:00, 3 days before", "“25:00” is no time"),
    ("24:00, 3 days before", "“24:00” is no time"),
    ("10:60, 3 days before", "“10:60” is no time"),
    ("10:3٠ am, 3 days before", "“10:3٠ am” is no time"),
    ("0 am, 3 days before", "“0 am” is no time"),
    ("13 pm, 3 days before", "“13 pm” is no time"),
    ("10, 3 days before", "“10” is no time"),
    ("soon, 3 days before", "“soon” is no time"),
    ("by noon, 3 days before", "“by noon” is no time"),
    ("5 days before" + "!" * 48, "is no count"),  # 61 characters
]


@pytest.mark.parametrize(
    ("text", "message"), REFUSED, ids=[ascii(row[0]).strip("'") or "nothing" for row in REFUSED]
)
def test_what_is_no_count_is_refused_with_its_mend(text, message):
    """
    Nothing is guessed: the message names the words, the mend shows every form.
    """
    with pytest.raises(CountError) as caught:
        parse_count(text)

    assert message in str(caught.value)
    assert caught.value.mend.startswith("Write a count like these: ")


def test_the_forms_of_the_mend_are_counts():
    """
    What is offered instead is read as it stands.
    """
    with pytest.raises(CountError) as caught:
        parse_count("five days")

    forms = caught.value.mend.removeprefix("Write a count like these: ").removesuffix(".")

    assert forms.split("; ") == [str(parse_count(form)) for form in forms.split("; ")]


def test_a_long_text_in_place_of_a_count_is_not_repeated_whole():
    """
    A message stays short, however long the text is.
    """
    with pytest.raises(CountError) as caught:
        parse_count("5 clear working days before the meeting " * 5_000)

    assert 100 > len(str(caught.value))


@pytest.mark.parametrize(
    ("closure", "working"),
    [
        ("2022-12-28", ["2022-12-29", "2022-12-30"]),
        ("28 December 2022", ["2022-12-29", "2022-12-30"]),
        ("28 to 30 December 2022", []),
        ("2022-12-28 to 2022-12-29", ["2022-12-30"]),
        ("30 December 2022 to 3 January 2023", ["2022-12-28", "2022-12-29"]),
        ("December 2022", []),
        ("2022", []),
        ("24 to 27 December 2022", ["2022-12-28", "2022-12-29", "2022-12-30"]),
        ("2022-12-31", ["2022-12-28", "2022-12-29", "2022-12-30"]),
    ],
)
def test_a_closure_is_a_day_or_a_span(closure, working):
    """
    All days that a closure names are free, the first and the last with them.
    """
    week = [dt.date(2022, 12, day) for day in (28, 29, 30)]

    assert working == [f"{day}" for day in week if closed(closure).is_working(day)]


def test_closures_add_up():
    """
    A council may name as many closures as it likes, and they may overlap.
    """
    days = closed("28 to 29 December 2022", "29 December 2022", "2022-12-30", "24 December 2021")

    assert dt.date(2022, 12, 23) == days.last_by(dt.date(2023, 1, 2))
    assert dt.date(2021, 12, 23) == days.last_by(dt.date(2021, 12, 28))


@pytest.mark.parametrize(
    "closure",
    [
        "Christmas",
        "28 December",
        "28/12/2022",
        "28 to 31 February 2022",
        "next meeting",
        "2021 to 2023",
        "",
    ],
)
def test_a_closure_that_cannot_be_a_span_of_days_closes_nothing(closure):
    """
    Text that is no day, has none yet, or lasts for years is for a check to tell of.
    """
    days = WorkingDays({closure: "closed"})

    assert dt.date(2022, 12, 28) == days.last_by(dt.date(2022, 12, 28))


def test_a_closure_lasts_a_leap_year_at_most():
    """
    A span of more days than a leap year has is no closure but a slip.
    """
    first = dt.date(2024, 1, 1)
    longest, longer = (first + dt.timedelta(days=LONGEST - 1 + more) for more in (0, 1))

    assert dt.date(2024, 12, 31) == longest
    assert not closed(f"{first} to {longest}").is_working(dt.date(2024, 1, 2))
    assert closed(f"{first} to {longer}").is_working(dt.date(2024, 1, 2))


YEARS = [
    # Every bank holiday of England in some years, weekends left out.
    (1999, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31"),
    (2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26"),
    (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
    (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
    (2017, "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
    (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
    (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
    (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
]


@pytest.mark.parametrize(("year", "expected"), YEARS, ids=[str(row[0]) for row in YEARS])
def test_bank_holidays_are_those_of_england(year, expected):
    """
    No holiday of Scotland or Northern Ireland is free, and no day of England is missed.
    """
    start = dt.date(year, 1, 1)
    days = (start + dt.timedelta(days=one) for one in range(365))
    free = [day for day in days if day.isoweekday() <= 5 and not closed().is_working(day)]

    assert expected == " ".join(f"{day:%m-%d}" for day in free)


def test_the_calendar_used_is_named_with_its_version():
    """
    Who wonders why a day is free can tell which list of bank holidays said so.
    """
    assert f"bank holidays of England by holidays {version('holidays')}" == calendar_used()


DAYS = st.dates(dt.date(1975, 1, 1), dt.date(2090, 12, 31))
NUMBERS = st.integers(0, 60)


@st.composite
def around(draw):
    """
    A day, and working days with closures near it.
    """
    day = draw(DAYS)
    near = draw(st.sets(st.integers(-40, 40), max_size=12))
    return day, closed(*(f"{day + dt.timedelta(days=one)}" for one in near))


@given(around(), NUMBERS, st.booleans(), st.booleans())
def test_clear_days_are_as_many_as_counted(anchored, number, is_working, is_before):
    """
    Between a day and what it was counted from lie just as many days as the count says.
    """
    anchor, days = anchored
    count = Count(number=number, is_clear=True, is_working=is_working, is_before=is_before)
    earlier, later = sorted([anchor, count.day(anchor, days)])

    assert earlier < later
    assert number == clear_days(earlier, later, days, is_working=is_working)


@given(around(), st.integers(1, 60), st.booleans())
def test_clear_days_before_end_on_the_last_day_with_time_enough(anchored, number, is_working):
    """
    One day later is too late.
    """
    anchor, days = anchored
    count = Count(number=number, is_clear=True, is_working=is_working, is_before=True)
    later = count.day(anchor, days) + dt.timedelta(days=1)

    assert number - 1 == clear_days(later, anchor, days, is_working=is_working)


@given(around(), NUMBERS, st.booleans(), st.booleans())
def test_before_and_after_undo_each_other(anchored, number, is_working, is_clear):
    """
    So many days before a working day, as many after lead back to it.
    """
    anchor, days = anchored
    anchor = days.last_by(anchor)
    before, after = (
        Count(number=number, is_working=is_working, is_clear=is_clear, is_before=is_before)
        for is_before in (True, False)
    )

    assert anchor == after.day(before.day(anchor, days), days)


@given(around(), st.integers(1, 60), st.booleans())
def test_working_days_after_end_on_a_working_day(anchored, number, is_clear):
    """
    A time that ends on a free day would end where nobody is at work.
    """
    anchor, days = anchored
    count = Count(number=number, is_working=True, is_clear=is_clear)

    assert days.is_working(count.day(anchor, days))


@given(around(), NUMBERS, st.booleans())
def test_a_closure_never_leaves_more_time(anchored, number, is_clear):
    """
    With closures one acts no later before something, and waits no less after it.
    """
    anchor, days = anchored
    before, after = (
        Count(number=number, is_working=True, is_clear=is_clear, is_before=is_before)
        for is_before in (True, False)
    )

    assert before.day(anchor, days) <= before.day(anchor, closed())
    assert after.day(anchor, days) >= after.day(anchor, closed())


@given(around())
def test_the_last_working_day_is_a_working_day(anchored):
    """
    It is not later than the day asked about, stays itself, and none is passed over.
    """
    day, days = anchored
    last = days.last_by(day)
    between = itertools.takewhile(
        lambda one: one <= day, (last + dt.timedelta(days=one) for one in itertools.count(1))
    )

    assert last <= day
    assert days.is_working(last)
    assert last == days.last_by(last)
    assert not any(map(days.is_working, between))


@given(DAYS, st.integers(0, 240), st.booleans())
def test_months_keep_the_day_of_the_month_or_end_with_it(anchor, number, is_before):
    """
    Only a day that the month lacks becomes another: the month's last.
    """
    day = Count(number=number, unit="month", is_before=is_before).day(anchor, closed())
    apart = (day.year - anchor.year) * 12 + day.month - anchor.month

    assert (-number if is_before else number) == apart
    if day.day != anchor.day:
        assert day.day < anchor.day
        assert 1 == (day + dt.timedelta(days=1)).day


TIMES = st.sampled_from(["", "10 am", "10.30 am", "5PM", "noon", "midnight", "17:00"])
COUNTS = st.one_of(
    st.builds(
        Count,
        number=st.integers(0, 9999),
        is_working=st.booleans(),
        is_clear=st.booleans(),
        is_before=st.booleans(),
        time=TIMES,
    ),
    st.builds(
        Count,
        number=st.integers(0, 9999),
        unit=st.sampled_from(["week", "month", "year"]),
        is_before=st.booleans(),
        time=TIMES,
    ),
)


@given(COUNTS)
def test_every_count_is_written_as_it_is_read(count):
    """
    Writing and reading undo each other.
    """
    assert count == parse_count(str(count))


@given(st.text(max_size=80) | st.from_regex(r"[\d clearwokingdyfts,:]{0,70}"))
def test_any_text_is_a_count_or_refused(text):
    """
    Nothing but CountError comes of a text, and what is read can be written.
    """
    with contextlib.suppress(CountError):
        count = parse_count(text)

        assert count == parse_count(str(count))
