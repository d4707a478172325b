using Smcp.Wire;

namespace Smcp.Tasks;

[RegisterConverter]
internal sealed class TaskIdConverter : IConverter<TaskId, TextSurrogate>
{
    public TaskId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<TaskId>();

    public TextSurrogate ConvertToSurrogate(in TaskId value) => TextSurrogate.Of(value);
}
