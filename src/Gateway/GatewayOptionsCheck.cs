using Microsoft.Extensions.Options;

namespace Smcp;

/// <summary>A public URL is what clients compare: it says scheme, host and perhaps a path, and nothing else.</summary>
internal sealed class GatewayOptionsCheck : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = options.PublicUrls.Where(url => !IsUsable(url)).Select(url =>
            $"The public URL '{url}' must be http or https with a host, without user, query or fragment.").ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsUsable(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && System.Text.Ascii.IsValid(text)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && !text.AsSpan().ContainsAny('?', '#', '@')
        && url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
