"""`awas people …`: the first accounts of an installation, made by whoever may start its programs.

From then on administrators keep accounts on the People page. Must never take a password on the command line, where
other users of the machine could read it, nor show one that exists: a fresh one is made and shown once.
"""

import click
from django.conf import settings
from django.db import transaction
from django.utils import translation

from awas.access import services
from awas.access.models import Person
from awas.access.policy import NATION, Role
from awas.ledger.area import Refused
from awas.ui.refusals import in_words

FIRST_PASSWORD_BYTES = 12


@click.group()
def people() -> None:
    """The first accounts; administrators make the others on the People page."""


@people.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name, as others see it.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ADMINISTRATOR.value,
    show_default=True,
    help="The duty.",
)
@click.option("--area", default=NATION, show_default=True, help="Code of the region or site of the duty.")
def add(username: str, name: str, role: str, area: str) -> None:
    """Make an account with one duty and print its first password, to be changed at the first sign-in."""
    now = settings.AWAS_NOW()
    password = settings.AWAS_TOKEN(FIRST_PASSWORD_BYTES)
    try:
        with transaction.atomic():
            person = services.create_person(username=username, display_name=name, home=area, password=password, now=now)
            services.assign_duty(person, Role(role), area, from_at=now)
    except Refused as refused:
        with translation.override("en"):  # the command line speaks English
            raise click.ClickException(in_words(refused)) from refused
    click.echo(f"{person.username}: {role} in {area}; first password: {password}")


@people.command()
@click.argument("username")
def password(username: str) -> None:
    """Give an account a new first password; its open sessions end. For when no administrator can sign in."""
    person = Person.objects.filter(username__iexact=username).first()
    if person is None:
        raise click.ClickException(f"there is no account {username}")
    fresh = settings.AWAS_TOKEN(FIRST_PASSWORD_BYTES)
    services.set_password(person, fresh, now=settings.AWAS_NOW())
    click.echo(f"{person.username}: first password: {fresh}")
