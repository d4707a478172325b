using Microsoft.Extensions.Logging;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

internal sealed partial class VirtualRuntime
{
    [LoggerMessage(EventIds.MemberMissed, LogLevel.Warning,
        "{Instance}: member {Member} did not answer in time; lists do without it for now")]
    public static partial void LogMemberMissed(ILogger logger, InstanceKey instance, ServerId member);
}
