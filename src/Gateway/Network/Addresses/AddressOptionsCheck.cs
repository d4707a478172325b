using Microsoft.Extensions.Options;

namespace Smcp.Network.Addresses;

/// <summary>Names each entry that is no address, before anything is served.</summary>
internal sealed class AddressOptionsCheck : IValidateOptions<AddressOptions>
{
    public ValidateOptionsResult Validate(string? name, AddressOptions options)
    {
        var problems = new List<string>();
        if (Math.Max(options.Allowed.Count, options.Denied.Count) > options.EntriesMax)
        {
            problems.Add($"A list of addresses has at most {options.EntriesMax} entries.");
        }

        AddressRules.Parse([.. options.Allowed], [.. options.Denied], problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
