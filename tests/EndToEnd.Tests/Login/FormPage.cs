using System.Net;
using System.Text.RegularExpressions;

namespace Smcp.EndToEnd.Login;

/// <summary>A page that an HTTP client got, after all redirects.</summary>
internal sealed partial record FormPage(Uri Url, HttpStatusCode Status, string Text)
{
    /// <summary>Where the page's first form is sent.</summary>
    public Uri Action => new(Url, WebUtility.HtmlDecode(FormAction().Match(Text).Groups[1].Value));

    /// <summary>The hidden fields of the page's first form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Hidden => HiddenField()
        .Matches(Text.Split("<form")[1].Split("</form")[0])
        .Select(found => KeyValuePair.Create(found.Groups[1].Value, WebUtility.HtmlDecode(found.Groups[2].Value)));

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
