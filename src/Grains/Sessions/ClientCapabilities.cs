using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>What a client said it can be asked, and the rules of its revision: the one place that decides whether a question may go out.</summary>
internal sealed class ClientCapabilities
{
    private readonly McpRevision _revision;
    private readonly bool _roots;
    private readonly bool _sampling;
    private readonly bool _samplingTools;
    private readonly bool _formElicitation;
    private readonly bool _urlElicitation;

    /// <summary>Reads the capabilities of an <c>initialize</c> request.</summary>
    public ClientCapabilities(McpRevision revision, ReadOnlyMemory<byte> initializeParams)
    {
        _revision = revision;
        using var document = JsonDocument.Parse(initializeParams);
        if (!TryGetObject(document.RootElement, "capabilities"u8, out var declared))
        {
            return;
        }

        _roots = TryGetObject(declared, "roots"u8, out _);
        _sampling = TryGetObject(declared, "sampling"u8, out var sampling);
        _samplingTools = _sampling && revision.HasSamplingTools && TryGetObject(sampling, "tools"u8, out _);
        if (revision.HasElicitation && TryGetObject(declared, "elicitation"u8, out var elicitation))
        {
            _urlElicitation = revision.HasUrlElicitation && TryGetObject(elicitation, "url"u8, out _);

            // 2025-11-25 elicitation: an empty object means form mode, as it did before there were modes.
            _formElicitation = !_urlElicitation || TryGetObject(elicitation, "form"u8, out _);
        }
    }

    /// <summary>The error that the server gets instead of an answer; null when the question may go to the client.</summary>
    public McpReply? Refuse(McpFrame question) => question.Method switch
    {
        McpMethods.RootsList => _roots ? null : NotDeclared("roots"),
        McpMethods.SamplingCreateMessage => RefuseSampling(question.Body),
        McpMethods.ElicitationCreate => RefuseElicitation(question.Body),
        _ => Error(McpErrorCodes.MethodNotFound, "A client cannot be asked this."),
    };

    private McpReply? RefuseSampling(ReadOnlyMemory<byte> parameters)
    {
        if (!_sampling)
        {
            return NotDeclared("sampling");
        }

        if (_samplingTools)
        {
            return null;
        }

        using var document = JsonDocument.Parse(parameters);
        return document.RootElement.TryGetProperty("tools"u8, out _) || document.RootElement.TryGetProperty("toolChoice"u8, out _)
            ? Error(McpErrorCodes.InvalidParams, "The client does not declare sampling.tools.")
            : null;
    }

    private McpReply? RefuseElicitation(ReadOnlyMemory<byte> parameters)
    {
        if (!_revision.HasElicitation)
        {
            return Error(McpErrorCodes.MethodNotFound, $"Protocol revision {_revision} has no elicitation.");
        }

        if (!_formElicitation && !_urlElicitation)
        {
            return NotDeclared("elicitation");
        }

        using var document = JsonDocument.Parse(parameters);
        var isUrl = document.RootElement.TryGetProperty("mode"u8, out var mode) && mode.ValueEquals("url"u8);
        return (isUrl ? _urlElicitation : _formElicitation)
            ? null
            : Error(McpErrorCodes.InvalidParams, $"The client does not take elicitation in {(isUrl ? "url" : "form")} mode.");
    }

    private static McpReply NotDeclared(string capability) =>
        Error(McpErrorCodes.MethodNotFound, $"The client does not declare {capability}.");

    private static McpReply Error(int code, string message) => McpReply.Error(JsonRpcWriter.Error(code, message));

    private static bool TryGetObject(JsonElement parent, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;
    }
}
