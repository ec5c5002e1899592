"""Reading pages as somebody would."""

import re


def page_of(answer):
    """The page without what differs at every opening: form tokens, submission keys, the time."""
    text = re.sub(r'data-seconds="\d+"', "", answer.content.decode())
    return re.sub(r'(name="(?:csrfmiddlewaretoken|submission)" value)="[^"]*"', r"\1", text)


def link_of(message):
    """The path of the secure link in an e-mail."""
    return re.search(r"/referrals/by-link/\S+", message.body)[0]
