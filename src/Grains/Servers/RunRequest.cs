using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>A request about to run: for whom, by which revision, and whether it may become a task.</summary>
internal readonly record struct RunRequest(
    InstanceCall Call, CallContext Caller, McpRevision Revision, TaskSupport Tasks = TaskSupport.Forbidden);
