"""Help in the product: what each page is for, and the keys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from web.rules import rule

screen = Blueprint("help", __name__)

TOPICS = ("inbox", "task", "escalation", "case", "record", "start", "draft", "figures", "process", "away", "time")


@screen.get("/help")
@rule("staff")
def show() -> Any:
    return render_template("help/help.html", topics=TOPICS)
