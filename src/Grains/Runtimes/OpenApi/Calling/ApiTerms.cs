using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>What the calls of one server go by.</summary>
/// <param name="Server">What logs call it.</param>
/// <param name="Http">What carries requests: through the egress guard.</param>
/// <param name="Options">The limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where it is told what a tenant's administrator must mend.</param>
internal sealed record ApiTerms(
    string Server, HttpMessageInvoker Http, OpenApiRuntimeOptions Options, TimeProvider Time, ILogger Logger);
