using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Smcp.OAuth.Authorize;

/// <summary>What a browser got.</summary>
internal sealed partial record Seen(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public string? Location => Response.Headers.Location?.OriginalString;

    /// <summary>The parameters that a redirect carries; one that came twice has both, with a comma.</summary>
    public IReadOnlyDictionary<string, string> Sent => QueryHelpers.ParseQuery(new Uri(Location!).Query)
        .ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    public string Action => WebUtility.HtmlDecode(FormAction().Match(Text).Groups[1].Value);

    /// <summary>The hidden fields of the page's first form.</summary>
    public IReadOnlyDictionary<string, string> Hidden => HiddenField()
        .Matches(Text.Split("<form")[1].Split("</form")[0])
        .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    public static async Task<Seen> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);

    public string HeaderOf(string name) =>
        Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : string.Empty;

    /// <summary>An error page: nobody is sent anywhere.</summary>
    public void IsRefused(HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal(status, Status);
        Assert.Null(Location);
        Assert.Contains("role=\"alert\"", Text, StringComparison.Ordinal);
    }

    /// <summary>An error that the client gets, with its state and who we are (AS17).</summary>
    public void IsSent(string error, string state, string issuer)
    {
        Assert.Contains(Status, new[] { HttpStatusCode.Found, HttpStatusCode.SeeOther });
        Assert.Equal((error, state, issuer), (Sent["error"], Sent["state"], Sent["iss"]));
        Assert.False(Sent.ContainsKey("code"));
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
