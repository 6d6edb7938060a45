"""Who asks for a page, as the partners' room would leave it on the request; a test puts somebody here."""

from types import SimpleNamespace
from urllib.parse import quote

from frankpledge.web.design.context import Link

LOGO = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><circle cx="24" cy="24" r="22" fill="#fff"/></svg>'
)
WHO = {}


def somebody(get_response):
    """Middleware that leaves on the request what the partners' does."""

    def answer(request):
        # By the time one is sent to this page, the server has signed one out.
        who = {} if request.path == "/signed-out/" else WHO
        for name, value in who.items():
            setattr(request, name, value)
        return get_response(request)

    return answer


def in_harrow(*, colour="#801650", logo=LOGO):
    """Somebody signed in for a partnership asks."""
    partnership = SimpleNamespace(name="Safer Harrow", colour=colour, logo=logo)
    WHO.update(
        user=SimpleNamespace(is_authenticated=True),
        standing=SimpleNamespace(partnership=partnership),
        navigation=[Link("People", "/people/"), Link("Components", "/design/")],
        account=[Link("Ann Example", "/account/")],
        sign_out="/leave/",
    )
