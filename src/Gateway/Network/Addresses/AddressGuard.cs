using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Network.Forwarding;

namespace Smcp.Network.Addresses;

/// <summary>Only for addresses that the gateway's lists let in.</summary>
internal sealed class AddressGuard(IOptions<AddressOptions> options) : INetworkGuard
{
    private static readonly NetworkRefusal Denied = new(
        StatusCodes.Status403Forbidden, "address", "This address may not call here.");

    private readonly AddressRules _rules =
        AddressRules.Parse([.. options.Value.Allowed], [.. options.Value.Denied], new List<string>());

    public NetworkRefusal? Check(HttpContext context) =>
        _rules.IsEmpty || _rules.Allows(ClientAddress.Of(context).Address) ? null : Denied;
}
