"""``python -m frankpledge``."""

from frankpledge.cli.main import run

if __name__ == "__main__":
    run()
