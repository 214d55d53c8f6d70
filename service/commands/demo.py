"""demo: the invented county, in a database that is empty."""

import click

from service.commands.opened import Refused, opened
from service.demo import Display, NotDemo, prepare_demo


@click.command("demo")
@click.option(
    "--scale", type=click.FloatRange(0.01, 2.0), default=1.0, help="规模，1 为全县 / 1 is all of it"
)
def make_demo(scale: float) -> None:
    """生成演示县（虚构数据） / Make the invented demo county in an empty database."""
    with opened() as installation:
        settings = installation.settings
        try:
            prepare_demo(
                installation.database,
                installation.vault.blind_indexes,
                data_dir=settings.data_dir,
                base_url=settings.base_url,
                display=Display(),
                scale=scale,
            )
        except NotDemo:
            raise Refused(f"这里已有真实数据 / this is no empty database: {settings.data_dir}") from None
