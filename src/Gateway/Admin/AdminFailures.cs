using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Admin;

/// <summary>What is said of a request that ended in none of the ways it may.</summary>
internal sealed partial class AdminFailures(IEngineFailures failures, ILogger<AdminFailures> logger)
{
    public AdminProblem ProblemOf(HttpContext context, Exception exception)
    {
        var failure = failures.ClassifyRequest(exception);
        if (RequestFailures.StorageCause(exception) is { } cause)
        {
            NotStored(context.Request.Method, context.TraceIdentifier, failure, cause);
        }
        else
        {
            RequestFailed(context.Request.Method, context.TraceIdentifier, failure, exception);
        }

        return AdminProblem.Of(failure);
    }
}
