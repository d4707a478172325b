using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// What who deploys a registry's document says beside it: values by name, and which secrets it may have.
/// </summary>
internal sealed class RegistryValues(SettingsPart? beside, ImportedSettings settings)
{
    public const string Name = "values";

    private const int ValuesMax = 128;
    private const int LengthMax = 4_096;

    private readonly IReadOnlyDictionary<string, string> _values =
        beside?.Map(Name, ValuesMax, LengthMax) ?? new Dictionary<string, string>();

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The tenant's secret of this name; none where it is not required, and not among those named.</summary>
    public RegistryInput SecretOf(SettingsPart part, string name, bool isRequired)
    {
        if (_values.ContainsKey(name))
        {
            part.Note("is a secret, and no value: store it as a secret of the tenant");
        }

        if (Placeholders.NameOf(name) is not { } secret)
        {
            part.Note("is a secret whose name is none of a secret");
            return new RegistryInput(null, []);
        }

        return isRequired || settings.IsGranted(secret)
            ? new RegistryInput($"${{{secret}}}", [secret])
            : new RegistryInput(null, []);
    }
}
