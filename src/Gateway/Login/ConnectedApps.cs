using System.Globalization;
using Smcp.Identity.OAuth;
using Smcp.OAuth.Authorize;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>
/// The apps that a user let in, each with a button that ends it. A name is what an app calls itself, and two may have
/// the same: when it was let in, where it had its user sent, and its id tell them apart.
/// </summary>
internal static class ConnectedApps
{
    public const string Disconnect = "disconnect";
    public const string GrantField = "grant";
    public const int ShownMax = 200;

    public static Html Show(IReadOnlyList<GrantSummary> grants, string token) => grants.Count == 0
        ? Html.Of($"<p>No app acts in your name.</p>")
        : Html.Of(
            $"""
            <p>These act in your name until you disconnect them.</p>
            <ul class="apps">{grants.OrderByDescending(grant => grant.UsedAt).Select(grant => Row(grant, token))}</ul>
            """);

    private static Html Row(GrantSummary grant, string token) => Html.Of(
        $"""
        <li>
        <div><strong><bdi>{ConsentView.NameOf(grant.ClientName)}</bdi></strong>
        <span>{ConsentView.ServerOf(grant.Resource) ?? "Administration"}, last used {DayOf(grant.UsedAt)}</span>
        <span>Let in {MinuteOf(grant.GrantedAt)}{Target(grant)}</span>
        <span>Id <bdi class="id">{grant.Client.ToString()}</bdi></span></div>
        {Parts.Form(AccountPage.Location, token, Html.Of(
            $"""
            {Parts.Hidden(GrantField, grant.Id.ToString())}
            <button type="submit" class="secondary" name="do" value="{Disconnect}"
            aria-label="Disconnect {ConsentView.NameOf(grant.ClientName)}, let in {MinuteOf(grant.GrantedAt)}"
            >Disconnect</button>
            """))}
        </li>
        """);

    private static string Target(GrantSummary grant)
    {
        if (grant.RedirectUri is not { } uri)
        {
            return string.Empty;
        }

        var target = RedirectTarget.Of(uri);
        return target.IsLocal ? $", returns to your own computer ({target.Host})" : $", returns to {target.Host}";
    }

    private static string MinuteOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string DayOf(DateTimeOffset time) => time.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
