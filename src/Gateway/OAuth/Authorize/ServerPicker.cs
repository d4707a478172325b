using Smcp.Pages;
using Smcp.Servers;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// Where a user picks the server that a client gets: from a list, or by name where there are too many.
/// </summary>
internal static class ServerPicker
{
    public const int ShownMax = 100;

    private const string Label = "Which server may it use?";

    public static Html Show(IReadOnlyList<ServerId> offered, string picked) => offered.Count switch
    {
        0 => Html.Of(
            $"""
            <div class="note">Your organization has no server that you may use, so there is nothing to allow.</div>
            """),
        > ShownMax => Parts.Text(ConsentPage.ServerField, Label, "off", picked, isFirst: true),
        _ => Html.Of(
            $"""
            <div class="field">
            <label for="{ConsentPage.ServerField}">{Label}</label>
            <select id="{ConsentPage.ServerField}" name="{ConsentPage.ServerField}" required autofocus>
            {(offered.Count > 1 ? Html.Of($"""<option value="">Choose one</option>""") : Html.Empty)}
            {offered.Select(server => Option(server.ToString(), picked))}
            </select>
            </div>
            """),
    };

    private static Html Option(string server, string picked) => server == picked
        ? Html.Of($"""<option selected>{server}</option>""")
        : Html.Of($"<option>{server}</option>");
}
