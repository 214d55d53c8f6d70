"""rematch, prune and rekey: what keeps an installation in order."""

import click

from service.commands.opened import moment, opened
from service.operations import retention, upkeep
from service.rules.access import SYSTEM


@click.command("rematch")
def rematch() -> None:
    """全部重新匹配 / Let everything be matched anew; the worker does it while the service runs."""
    with opened() as installation, installation.database.transaction() as session:
        owed = upkeep.owe_all_matches(session, actor=SYSTEM, now=moment())
    click.echo(f"待匹配 / To be matched: {owed}")


@click.command("prune")
def prune() -> None:
    """清理过期的变更条目 / Let go of feed entries that are older than what is kept."""
    with opened() as installation, installation.database.transaction() as session:
        days = installation.settings.feed_retention_days
        dropped = retention.prune_feed(session, keep_days=days, now=moment())
    click.echo(f"已清理 {days} 天前的变更条目 / Entries dropped, older than {days} days: {dropped}")


@click.command("rekey")
def rekey() -> None:
    """用最新密钥重新加密 / Seal all personal data with the newest secret.

    先设 CHUNFENG_SECRET_KEY=新密钥,旧密钥 并重启服务，再执行本命令，最后去掉旧密钥。
    First set CHUNFENG_SECRET_KEY=new,old and restart the service; then run this; then drop the old one.
    """
    with opened() as installation, installation.database.transaction() as session:
        sealed = upkeep.reseal(session, installation.vault, actor=SYSTEM, now=moment())
    click.echo(f"已重新加密 / Sealed anew: {sealed}")
