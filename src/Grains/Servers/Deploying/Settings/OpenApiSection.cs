using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Remote;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>openapi</c>. What it says of the document is checked against that afterwards.</summary>
internal static class OpenApiSection
{
    private const int VariablesMax = 32;
    private const int FiltersMax = 512;
    private const int FilterLengthMax = 512;
    private const int ToolsMax = 1_000;
    private const int TextLengthMax = 16_384;
    private const int SchemesMax = 16;
    private const int HeadersMax = 32;
    private const int ScopesMax = 64;
    private const int SecretLengthMax = 64;

    public static OpenApiSettings Read(SettingsPart part, IReadOnlySet<string> files)
    {
        var settings = new OpenApiSettings
        {
            Document = part.Text("document", lengthMax: 1_024) ?? "openapi.json",
            Url = Url(part, "url"),
            Variables = part.Map("variables", VariablesMax, lengthMax: 256),
            Include = Filter(part, "include"),
            Exclude = Filter(part, "exclude"),
            Tools = Tools(part),
            Credentials = Credentials(part),
            SecretHeaders = part.Map("secretHeaders", HeadersMax, SecretLengthMax),
            SkipsUnsupported = part.Word("unsupported", ("refuse", false), ("skip", true)),
            HidesOutput = !part.Flag("outputSchemas", absent: true),
            Instructions = part.Text("instructions", TextLengthMax),
        };
        if (!files.Contains(settings.Document))
        {
            part.Note("document", "is no file of the bundle");
        }

        foreach (var (name, secret) in settings.SecretHeaders)
        {
            if (SecretHeaders.Problem([name]) is not null || !SecretName.IsValid(secret))
            {
                part.Note("secretHeaders", "names no header, or for one no secret");
            }
        }

        part.End();
        return settings;
    }

    private static string? Url(SettingsPart part, string name)
    {
        var url = part.Text(name, lengthMax: 2_048);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0))
        {
            part.Note(name, "is no absolute URL of http or https without user, query and fragment");
        }

        return url;
    }

    private static OpenApiFilter Filter(SettingsPart part, string name)
    {
        if (part.Part(name) is not { } said)
        {
            return new OpenApiFilter();
        }

        var filter = new OpenApiFilter
        {
            Operations = said.Texts("operations", FiltersMax, FilterLengthMax),
            Tags = said.Texts("tags", FiltersMax, FilterLengthMax),
            Methods = said.Texts("methods", countMax: 8, lengthMax: 8),
        };
        said.End();
        return filter;
    }

    private static List<OpenApiTool> Tools(SettingsPart part)
    {
        if (part.Part("tools") is not { } said)
        {
            return [];
        }

        var tools = said.Members().Take(ToolsMax).Select(Tool).ToList();
        said.End();
        return tools;
    }

    private static OpenApiTool Tool((string Name, SettingsPart Part) member)
    {
        var (operation, part) = member;
        var tool = new OpenApiTool
        {
            Operation = operation,
            Name = part.Text("name", lengthMax: 64),
            Title = part.Text("title", TextLengthMax),
            Description = part.Text("description", TextLengthMax),
        };
        if (tool.Name is not null && !ApiNames.IsPlain(tool.Name))
        {
            part.Note("name", "has more than letters, digits and -_.");
        }

        part.End();
        return tool;
    }

    private static List<OpenApiCredential> Credentials(SettingsPart part)
    {
        if (part.Part("auth") is not { } said)
        {
            return [];
        }

        var credentials = said.Members().Take(SchemesMax).Select(Credential).ToList();
        said.End();
        return credentials;
    }

    private static OpenApiCredential Credential((string Name, SettingsPart Part) member)
    {
        var (scheme, part) = member;
        var credential = new OpenApiCredential
        {
            Scheme = scheme,
            Secret = Secret(part, "secret"),
            User = part.Text("user", lengthMax: 256),
            UserSecret = Secret(part, "userSecret"),
            ClientId = part.Text("clientId", lengthMax: 256),
            TokenUrl = Url(part, "tokenUrl"),
            Scopes = part.Texts("scopes", ScopesMax, lengthMax: 256),
            PostsSecret = part.Word("clientAuthentication", ("basic", false), ("post", true)),
        };
        part.End();
        return credential;
    }

    private static string? Secret(SettingsPart part, string name)
    {
        var secret = part.Text(name, SecretLengthMax);
        if (secret is not null && !SecretName.IsValid(secret))
        {
            part.Note(name, "is no name of a secret: A-Z, 0-9 and _");
        }

        return secret;
    }
}
