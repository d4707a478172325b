namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>A member of a worker's <c>env</c>. <see cref="Text"/> is a text's or a JSON value's,
/// or the class of a namespace of Durable Objects.</summary>
internal sealed record WorkerBinding(string Name, WorkerBindingKind Kind, string Text = "");
