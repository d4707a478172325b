namespace Smcp.Engine.Responses;

/// <summary>An open response stream, as its activation knows it. Disposing it aborts it.</summary>
internal interface IResponseProducer : IDisposable
{
    /// <summary>Ends it if nobody has pulled for a response time-out.</summary>
    void AbortIfLeft();
}
