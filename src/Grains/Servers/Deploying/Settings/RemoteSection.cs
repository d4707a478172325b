using Smcp.Runtimes.Remote;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>remote</c>.</summary>
internal static class RemoteSection
{
    private const int HeadersMax = 32;

    public static RemoteSettings Read(SettingsPart part)
    {
        var settings = new RemoteSettings
        {
            Url = part.Text("url", lengthMax: 2_048, isRequired: true) ?? string.Empty,
            Headers = part.Map("headers", HeadersMax, lengthMax: 4_096),
            SecretHeaders = part.Map("secretHeaders", HeadersMax, lengthMax: 64),
            Auth = part.Part("auth") is { } auth ? RemoteAuthSection.Read(auth) : null,
        };
        if (settings.Auth is not null && settings.SecretHeaders.Keys.Concat(settings.Headers.Keys)
            .Contains("Authorization", StringComparer.OrdinalIgnoreCase))
        {
            part.Note("auth", "writes the header Authorization, which stands among the headers too");
        }

        if (settings.Url.Length > 0 && !IsEndpoint(settings.Url))
        {
            part.Note("url", "is no absolute URL of http or https without user and fragment");
        }

        foreach (var (name, secret) in settings.SecretHeaders)
        {
            if (SecretHeaders.Problem([name]) is not null || !SecretName.IsValid(secret))
            {
                part.Note("secretHeaders", "names no header, or for one no secret");
            }
        }

        foreach (var (name, text) in settings.Headers)
        {
            if (SecretHeaders.Problem([name]) is not null || HeaderText.Parse(text) is null
                || settings.SecretHeaders.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                part.Note("headers", "name no header, one twice, or have a placeholder that names no secret: ${NAME}");
            }
        }

        part.End();
        return settings;
    }

    private static bool IsEndpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
}
