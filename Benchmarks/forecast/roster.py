"""A roster folder with units and no rota to make: what `muster forecast` needs besides counts."""

ROSTER = """muster: 1
name: "{name}"
period: {{ from: {first}, days: 28 }}
organisations:
  - {{ id: TRUST }}
sites:
  - {{ id: SITE, organisation: TRUST }}
units:
{units}
grades:
  - {{ id: P, group: registered }}
roles:
  - {{ id: crew, group: registered, grades: [P] }}
contracts:
  - {{ id: AFC, rules: [working-time] }}
shifts:
  - {{ id: D, start: 08:00, end: 16:00, breaks: [30] }}
cover: []
"""


def write(folder, name, first, units):
    lines = "\n".join(f"  - {{ id: {unit}, site: SITE }}" for unit in units)
    (folder / "roster.yaml").write_text(ROSTER.format(name=name, first=first, units=lines))
