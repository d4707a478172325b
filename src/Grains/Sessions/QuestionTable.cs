using System.Diagnostics.CodeAnalysis;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>The questions that are open. Their numbers are never used again, so a late answer meets nothing.</summary>
internal sealed class QuestionTable(SessionOptions options)
{
    private readonly Dictionary<JsonRpcId, SessionQuestion> _questions = [];

    /// <summary>Numbers up to this were given out.</summary>
    public long LastNumber { get; private set; }

    public bool IsFull => _questions.Count >= options.QuestionsMax;

    /// <summary>Those whose answer has not reached the instance yet.</summary>
    public IReadOnlyList<SessionQuestion> Answered =>
        [.. _questions.Values.Where(question => question.Answer is not null)];

    public bool HasAnswered => _questions.Values.Any(question => question.Answer is not null);

    public void Load(SessionState state)
    {
        LastNumber = state.LastQuestion;
        foreach (var row in state.Questions)
        {
            Add(row);
        }
    }

    public IReadOnlyList<QuestionRow> Rows() => [.. _questions.Values.Select(question => question.ToRow())];

    /// <summary>
    /// The question of a call by its name at the instance: the one that is open already, where a delivery is
    /// repeated.
    /// </summary>
    public SessionQuestion FindOrAdd(CallId call, string questionId) =>
        _questions.Values.FirstOrDefault(question => question.Call == call && question.QuestionId == questionId)
        ?? Add(new QuestionRow { Number = ++LastNumber, Call = call, QuestionId = questionId });

    public bool TryFind(JsonRpcId id, [NotNullWhen(true)] out SessionQuestion? question) =>
        _questions.TryGetValue(id, out question);

    /// <summary>Recovery found it in the log.</summary>
    public void MarkAsked(long number)
    {
        foreach (var question in _questions.Values)
        {
            question.IsAsked |= question.Number == number;
        }
    }

    public void Remove(SessionQuestion question) => _questions.Remove(question.ClientId);

    /// <summary>A call is over: nobody waits for the answers to its questions.</summary>
    public void RemoveOf(CallId call)
    {
        if (_questions.Count == 0)
        {
            return;
        }

        foreach (var question in _questions.Values.Where(question => question.Call == call).ToList())
        {
            Remove(question);
        }
    }

    private SessionQuestion Add(QuestionRow row)
    {
        var question = new SessionQuestion(row);
        _questions.Add(question.ClientId, question);
        return question;
    }
}
