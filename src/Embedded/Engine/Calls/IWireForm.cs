namespace Smcp.Engine.Calls;

/// <summary>What a message becomes when it is written and read again.</summary>
internal interface IWireForm
{
    TMessage Cross<TMessage>(TMessage message);

    /// <summary>What a caller in another process would see of an exception.</summary>
    Exception CrossFault(Exception exception);
}
