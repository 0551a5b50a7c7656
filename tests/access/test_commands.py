"""The first accounts, from the command line."""

import pytest
from click.testing import CliRunner

from awas.access.commands import people
from awas.access.models import AccountChange, Person
from awas.access.policy import NATION, Held, Role
from awas.access.services import duties_of

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(people, arguments)


def test_the_first_administrator(settings):
    done = run("add", "Kepala", "--name", "Kepala Sistem")
    assert done.exit_code == 0
    person = Person.objects.get(username="kepala")
    assert person.must_change_password
    assert person.check_password(done.output.split()[-1])
    [held] = duties_of(person, settings.AWAS_NOW())
    assert held == Held(Role.ADMINISTRATOR, NATION, held.from_at)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kepala", "--name", "Lain"), "is taken"),
        (("piket", "--name", "Petugas", "--role", "watcher", "--area", "36.02"), "can't be held in 36.02"),
        (("piket", "--name", "Petugas", "--area", "Lebak"), "not the code of a region"),
    ],
)
def test_what_the_rules_refuse_makes_nothing(arguments, said):
    run("add", "kepala", "--name", "Kepala Sistem")
    done = run("add", *arguments)
    assert done.exit_code == 1
    assert said in done.output
    assert Person.objects.count() == 1
    assert not AccountChange.objects.exclude(person__username="kepala").exists()


def test_a_new_first_password_replaces_the_old_one():
    before = run("add", "kepala", "--name", "Kepala Sistem").output.split()[-1]
    after = run("password", "KEPALA").output.split()[-1]
    person = Person.objects.get()
    assert person.check_password(after)
    assert not person.check_password(before)
    assert person.must_change_password
    assert run("password", "nobody").exit_code == 1
