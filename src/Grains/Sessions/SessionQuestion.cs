using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>A question to the client that its server waits for.</summary>
internal sealed class SessionQuestion(QuestionRow row)
{
    public long Number { get; } = row.Number;

    public CallId Call { get; } = row.Call;

    /// <inheritdoc cref="QuestionRow.QuestionId"/>
    public string QuestionId { get; } = row.QuestionId;

    /// <inheritdoc cref="QuestionRow.Answer"/>
    public McpReply? Answer { get; set; } = row.Answer;

    /// <summary>Whether it is in the log, or about to be.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The id of the JSON-RPC request that asks it.</summary>
    public JsonRpcId ClientId => JsonRpcId.FromText($"q-{Number}");

    public QuestionRow ToRow() => new() { Number = Number, Call = Call, QuestionId = QuestionId, Answer = Answer };
}
