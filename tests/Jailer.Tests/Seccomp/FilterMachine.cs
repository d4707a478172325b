using System.Buffers.Binary;

namespace Smcp.Jailer.Seccomp;

/// <summary>Runs a filter as the kernel does, on any architecture: just the instructions that it has.</summary>
internal static class FilterMachine
{
    public static uint Run(byte[] program, uint architecture, int number, params uint[] arguments)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        foreach (var (index, argument) in arguments.Index())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(16 + 8 * index), argument);
        }

        uint loaded = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * BpfProgram.InstructionBytes, BpfProgram.InstructionBytes);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            bool? jumps = null;
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    loaded = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand));
                    break;
                case 0x15:
                    jumps = loaded == operand;
                    break;
                case 0x35:
                    jumps = loaded >= operand;
                    break;
                case 0x45:
                    jumps = (loaded & operand) != 0;
                    break;
                case 0x06:
                    return operand;
                default:
                    throw new InvalidOperationException("No such instruction.");
            }

            at += jumps switch { true => instruction[2], false => instruction[3], null => 0 };
        }
    }
}
