using Smcp.Connections;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>remote.auth</c>.</summary>
internal static class RemoteAuthSection
{
    private const int ScopesMax = 64;

    public static RemoteAuth Read(SettingsPart part)
    {
        if (!part.Has("kind"))
        {
            part.Note("kind", "is missing");
        }

        var auth = new RemoteAuth
        {
            Kind = part.Word(
                "kind",
                ("client", RemoteAuthKind.Client), ("server", RemoteAuthKind.Server), ("user", RemoteAuthKind.User)),
            Issuer = part.Text("issuer", lengthMax: 2_048),
            ClientId = part.Text("clientId", lengthMax: 2_048),
            ClientSecret = part.Text("clientSecret", lengthMax: 64),
            Scopes = part.Texts("scopes", ScopesMax, lengthMax: 256),
        };
        Check(part, auth);
        part.End();
        return auth;
    }

    private static void Check(SettingsPart part, RemoteAuth auth)
    {
        if (auth.Issuer is { } issuer
            && (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")
                || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Query.Length > 0))
        {
            part.Note("issuer", "is no absolute URL of http or https without user, query and fragment");
        }

        // Else whoever runs the server could name an authorization server that collects them.
        if (auth is { ClientId: not null, Issuer: null })
        {
            part.Note("issuer", "is missing: a client id is for one authorization server only");
        }

        if (auth.ClientSecret is { } secret && (auth.ClientId is null || !SecretName.IsValid(secret)))
        {
            part.Note("clientSecret", "is no name of a secret, or is without clientId");
        }

        if (auth.Kind == RemoteAuthKind.Client && (auth.ClientId is null || auth.ClientSecret is null))
        {
            part.Note("clientId", "or clientSecret is missing: a client has to prove who it is");
        }

        for (var i = 0; i < auth.Scopes.Count; i++)
        {
            if (auth.Scopes[i].Length > 0 && !JsonTexts.IsScope(auth.Scopes[i]))
            {
                part.Note("scopes", i, "is no scope");
            }
        }
    }
}
