using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Encryption;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Seals what a client holds between the rounds of a request, and checks it when it comes back.</summary>
internal sealed class RequestStates(IActivationContext activation, InstanceOptions options, ISealer sealer)
{
    private const int NonceBytes = 16;

    // Sealed for one instance: a state opens nowhere but where it was made.
    private readonly string _purpose = $"request-state/{activation.Key}";

    /// <summary>The fault of a state that is not, or no longer, good for the request.</summary>
    public static McpFault Refusal(string why) =>
        new(FaultReason.InvalidParams, $"The requestState {why}; begin the request anew.");

    /// <summary>A fresh state for a call, to be completed by what it stands for.</summary>
    public RequestState Create(CallContext caller, McpCall request) => new()
    {
        Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
        Principal = caller.Principal,
        Digest = RequestDigest.Of(request),
        ExpiresAt = activation.Time.GetUtcNow() + options.ParkedLifetime,
    };

    public ValueTask<string> SealAsync(RequestState state) => sealer.SealAsync(
        _purpose, JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options), CancellationToken.None);

    /// <summary>
    /// The state that a request brings, if it is genuine, this caller's, this request's and not expired.
    /// </summary>
    public async ValueTask<(RequestState? State, McpFault? Fault)> OpenAsync(
        CallContext caller, McpCall request, string text, CancellationToken cancellationToken)
    {
        if (await sealer.OpenAsync(_purpose, text, cancellationToken) is not { } content
            || JsonSerializer.Deserialize<RequestState>(content, WireJson.Options) is not { } state)
        {
            return (null, Refusal("is not genuine"));
        }

        if (state.Principal != caller.Principal)
        {
            return (null, Refusal("is not yours"));
        }

        if (state.ExpiresAt <= activation.Time.GetUtcNow())
        {
            return (null, Refusal("has expired"));
        }

        return state.Digest == RequestDigest.Of(request) ? (state, null) : (null, Refusal("is of another request"));
    }
}
