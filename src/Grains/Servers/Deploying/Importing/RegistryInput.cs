using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// A value of a registry's document: what stands there, what who deploys it gave, or its default; or the name of the
/// secret that it is. With variables in braces in it.
/// </summary>
/// <param name="Text">The value; null for none, which is right where it is not required.</param>
/// <param name="Secrets">The secrets in it, each there as <c>${NAME}</c>.</param>
internal sealed record RegistryInput(string? Text, IReadOnlyList<string> Secrets)
{
    private const int TextLengthMax = 4_096;
    private const int VariablesMax = 64;

    /// <summary>The secret that it is as a whole; null where it is another text.</summary>
    public string? Secret => Secrets is [var secret] && Text == $"${{{secret}}}" ? secret : null;

    /// <param name="part">The input.</param>
    /// <param name="name">How it is called.</param>
    /// <param name="given">What who deploys it says of it.</param>
    public static RegistryInput Read(SettingsPart part, string name, RegistryValues given)
    {
        var fixedText = part.Text("value", TextLengthMax);
        var variables = part.Part("variables")?.Members().Take(VariablesMax).ToList() ?? [];
        if (fixedText is null)
        {
            return Own(part, name, given);
        }

        var secrets = new List<string>();
        var text = fixedText;
        foreach (var (variable, input) in variables)
        {
            var braces = $"{{{variable}}}";
            if (text.Contains(braces, StringComparison.Ordinal))
            {
                var value = Own(input, variable, given);
                text = text.Replace(braces, value.Text, StringComparison.Ordinal);
                secrets.AddRange(value.Secrets);
            }
        }

        return new RegistryInput(text, secrets);
    }

    private static RegistryInput Own(SettingsPart part, string name, RegistryValues given)
    {
        if (part.Flag("isSecret"))
        {
            return given.SecretOf(part, name, part.Flag("isRequired"));
        }

        var text = given.Find(name) ?? part.Text("default", TextLengthMax);
        if (text is null && part.Flag("isRequired"))
        {
            part.Note($"needs a value: give it beside the document, as \"values\": {{\"{SettingsProblems.Escape(name)}"
                + "\": \"…\"}}");
        }

        return new RegistryInput(text, []);
    }
}
