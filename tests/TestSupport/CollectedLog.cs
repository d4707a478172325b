using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Smcp.TestSupport;

/// <summary>
/// Takes every line of every category at every level, with its fields and its exception, and every scope: what any
/// sink could write.
/// </summary>
internal sealed class CollectedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(this);
        services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace);
    }

    /// <summary>Takes what was said elsewhere: a span, for one.</summary>
    public void Add(string line) => _lines.Enqueue(line);

    public bool Holds(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue(FieldsOf(state));
        return null;
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {FieldsOf(state)} {exception}");

    public void Dispose()
    {
        // Nothing is held.
    }

    private static string FieldsOf<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> fields
        ? string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"))
        : $"{state}";
}
