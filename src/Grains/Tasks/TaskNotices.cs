using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>Tells who is concerned that a task changed.</summary>
internal sealed class TaskNotices(ListenerTable listeners, PeerTable peers, TaskWatches watches)
{
    /// <summary>A task as it is now, or that it is gone.</summary>
    public void Tell(TaskRun run, McpTask? task)
    {
        watches.Ring(run.Id);
        if (task is null)
        {
            return;
        }

        if (run.Call.Terms is null)
        {
            listeners.NotifyTask(run.Id.ToString(), new McpFrame
            {
                Kind = McpFrameKind.Notification,
                Method = McpMethods.TaskNotification,
                Body = RawJson.Write(TaskJson.Detailed(task)),
            });
        }
        else
        {
            peers.Notify(run.Call.Request.Session, new McpFrame
            {
                Kind = McpFrameKind.Notification,
                Method = McpMethods.TaskStatus,
                Body = RawJson.Write(TaskJson.Augmented(task)),
            });
        }
    }
}
