"""The example: Safer Harrow with invented records, which add up to figures that Harrow published.

Every record here is made up, and every file says so in its column `invented`. Nobody in them exists, no
place in them exists, nothing in them happened. Only the sums are real: the crimes, by kind, that the
strategy of 2019 printed for 2017 and 2018 (Harrow, its neighbours and London), the populations behind
its rates, and the changes from 2021 to 2022 that the strategy of 2023 printed. Those figures are read from
`definitions/published` when the files are written. All else only looks likely.

The same seed always gives the same files.
"""

from frankpledge.example.partnership import example_partnership
from frankpledge.example.plan import example_plan
from frankpledge.example.returns import definition_text as example_serious_violence
from frankpledge.example.writing import write_example_files

__all__ = ["example_partnership", "example_plan", "example_serious_violence", "write_example_files"]
