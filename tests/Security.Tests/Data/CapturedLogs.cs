using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Smcp.Data;

/// <summary>Every line of every logger, with its fields, its scopes and its exception, at every level.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Take(state, string.Empty, null);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Take(state, formatter(state, exception), exception);

    public void Dispose()
    {
    }

    private void Take<TState>(TState state, string text, Exception? exception)
    {
        var fields = state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))
            : $"{state}";
        _lines.Enqueue($"{text} {fields} {exception}");
    }
}
