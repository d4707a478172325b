using System.Globalization;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Login;
using Smcp.Pages;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>The accounts elsewhere that a user connected or may connect, each with a button that ends it.</summary>
internal sealed class ConnectedAccounts(IGrainLocator grains)
{
    public const string Disconnect = "disconnect-account";
    public const string ServerField = "account_server";

    private const int ServersMax = 200;

    /// <summary>The section of the account page; nothing where no server of the user's needs an account.</summary>
    public async ValueTask<Html> ShowAsync(PageExchange exchange, LoggedIn user, string token)
    {
        var context = user.ContextOf(exchange);
        var servers = await grains.Locate<IServerListGrain>(user.Tenant.ToString())
            .OfferAsync(context, ServersMax, exchange.Aborted);
        var found = await Task.WhenAll(servers.Select(server => FindAsync(context, server, exchange.Aborted)));
        var accounts = found.OfType<ConnectionStanding>().ToList();
        return accounts.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <h2>Accounts elsewhere</h2>
                <p>Servers act in them for you, until you disconnect them.</p>
                <ul class="apps">{accounts.Select(account => Row(user, account, token))}</ul>
                """);
    }

    /// <summary>One that is gone already is as it was asked for.</summary>
    public async ValueTask DisconnectAsync(PageExchange exchange, LoggedIn user)
    {
        if (ServerId.TryParse(exchange.Field(ServerField), null, out var server))
        {
            await Locate(user.ContextOf(exchange), server)
                .DisconnectAsync(user.ContextOf(exchange), exchange.Aborted);
        }
    }

    private static Html Row(LoggedIn user, ConnectionStanding account, string token)
    {
        var server = account.Server.ToString();
        var link = new ConnectLink(new ConnectionKey(user.Tenant, account.Server, user.User.Id.Principal));
        return Html.Of(
            $"""
            <li>
            <div><strong><bdi>{server}</bdi></strong>
            <span>{Standing(account)}</span></div>
            {(account.Status == ConnectionStatus.Connected
                ? Parts.Form(AccountPage.Location, token, Html.Of(
                    $"""
                    {Parts.Hidden(ServerField, server)}
                    <button type="submit" class="secondary" name="do" value="{Disconnect}"
                    aria-label="Disconnect {server}">Disconnect</button>
                    """))
                : Html.Of($"""<a href="{link.Location}">Connect</a>"""))}
            </li>
            """);
    }

    private static string Standing(ConnectionStanding account) => account.Status switch
    {
        ConnectionStatus.Connected =>
            $"{ConnectView.HostOf(account.Endpoint!)}, since "
            + account.ConnectedAt?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        ConnectionStatus.Lost => $"Not connected any more. {account.Problem}",
        _ => "Not connected",
    };

    private async Task<ConnectionStanding?> FindAsync(
        CallContext context, ServerId server, CancellationToken cancellationToken)
    {
        var found = await grains.Locate<IServerGrain>(new ServerKey(context.Tenant, server).ToString())
            .DescribeAsync(context, cancellationToken);
        return found.Definition?.Deployed?.Settings.Remote?.Auth?.Kind == RemoteAuthKind.User
            ? (await Locate(context, server).DescribeAsync(context, cancellationToken)).Info
            : null;
    }

    private IConnectionGrain Locate(CallContext context, ServerId server) => grains.Locate<IConnectionGrain>(
        new ConnectionKey(context.Tenant, server, context.Principal).ToString());
}
