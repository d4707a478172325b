namespace Smcp.Usage.Billing;

/// <summary>
/// A hook for billing: gets each row of each closed hour at least once, under an id by which it can tell a repetition.
/// </summary>
internal interface IUsageSink
{
    /// <summary>Whether anything is to be sent to it.</summary>
    bool IsOn { get; }

    /// <summary>Takes rows; an exception means that it did not, and they come again.</summary>
    Task SendAsync(UsageBill bill, CancellationToken cancellationToken);
}
