using Microsoft.AspNetCore.Http;

namespace Smcp.Network.Rules;

/// <summary>The request rules as the last guard; those of bodies are asked where a body is read.</summary>
internal sealed class RequestRuleGuard(RequestRules rules) : INetworkGuard
{
    public NetworkRefusal? Check(HttpContext context) => rules.Check(context);
}
