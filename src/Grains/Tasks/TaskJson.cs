using System.Globalization;
using System.Text.Json.Nodes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>Writes tasks as the tasks extension has them (SEP-2663), and as 2025-11-25 has.</summary>
internal static class TaskJson
{
    /// <summary>The handle of a new task: flat, without its result, error or questions.</summary>
    public static byte[] Created(McpTask task)
    {
        var json = Terms(task);
        json["resultType"] = "task";
        return RawJson.Write(json);
    }

    /// <summary>
    /// A task with what its status brings, as <c>tasks/get</c> and <c>notifications/tasks</c> say it.
    /// </summary>
    public static JsonObject Detailed(McpTask task)
    {
        var json = Terms(task);
        Add(json, "inputRequests", task.InputRequests);
        Add(json, "result", task.Result);
        Add(json, "error", task.Error);
        return json;
    }

    /// <summary>A task of 2025-11-25: its result and questions go by <c>tasks/result</c>.</summary>
    public static JsonObject Augmented(McpTask task)
    {
        var json = Status(task);
        json["ttl"] = (long)task.Lifetime.TotalMilliseconds;
        json["pollInterval"] = (long)task.PollInterval.TotalMilliseconds;
        return json;
    }

    private static JsonObject Terms(McpTask task)
    {
        var json = Status(task);
        json["ttlMs"] = (long)task.Lifetime.TotalMilliseconds;
        json["pollIntervalMs"] = (long)task.PollInterval.TotalMilliseconds;
        return json;
    }

    private static JsonObject Status(McpTask task)
    {
        var json = new JsonObject
        {
            ["taskId"] = task.Id.ToString(),
            ["status"] = StatusText(task.Status),
            ["createdAt"] = Time(task.CreatedAt),
            ["lastUpdatedAt"] = Time(task.LastUpdatedAt),
        };
        if (task.StatusMessage is not null)
        {
            json["statusMessage"] = task.StatusMessage;
        }

        return json;
    }

    private static string StatusText(McpTaskStatus status) => status switch
    {
        McpTaskStatus.Working => "working",
        McpTaskStatus.InputRequired => "input_required",
        McpTaskStatus.Completed => "completed",
        McpTaskStatus.Failed => "failed",
        McpTaskStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a known status."),
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Add(JsonObject json, string member, ReadOnlyMemory<byte> raw)
    {
        if (!raw.IsEmpty)
        {
            json[member] = JsonNode.Parse(raw.Span);
        }
    }
}
