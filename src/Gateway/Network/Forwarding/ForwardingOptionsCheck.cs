using Microsoft.Extensions.Options;
using Smcp.Network.Addresses;

namespace Smcp.Network.Forwarding;

/// <summary>Names each proxy that is no address, before anything is served.</summary>
internal sealed class ForwardingOptionsCheck : IValidateOptions<ForwardingOptions>
{
    public ValidateOptionsResult Validate(string? name, ForwardingOptions options)
    {
        var problems = new List<string>();
        AddressSet.Parse(options.KnownProxies, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
