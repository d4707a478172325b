using System.Buffers.Binary;

namespace Smcp.Jailer.Seccomp;

/// <summary>
/// Assembles a seccomp filter (seccomp(2)): instructions of classic BPF over <c>struct seccomp_data</c>, which is the
/// number of the call at 0, the architecture at 4, and the low halves of the arguments from 16 on, eight bytes apart.
/// </summary>
internal sealed class BpfProgram
{
    /// <summary>Bytes of one instruction (<c>struct sock_filter</c>).</summary>
    public const int InstructionBytes = 8;

    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort ReturnValue = 0x06;

    private const uint ActionAllow = 0x7fff0000;
    private const uint ActionError = 0x00050000;
    private const uint ActionKill = 0x80000000;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    private readonly List<byte> _code = [];

    public BpfProgram LoadNumber() => Add(LoadWord, 0, 0, NumberOffset);

    public BpfProgram LoadArchitecture() => Add(LoadWord, 0, 0, ArchitectureOffset);

    /// <summary>The low half of an argument: the high half of an int is not the callee's.</summary>
    public BpfProgram LoadArgument(int index) => Add(LoadWord, 0, 0, ArgumentsOffset + 8 * (uint)index);

    /// <summary>The high half, of an argument that is an address.</summary>
    public BpfProgram LoadHighArgument(int index) => Add(LoadWord, 0, 0, ArgumentsOffset + 8 * (uint)index + 4);

    /// <summary>Goes past so many instructions unless what was loaded is the value.</summary>
    public BpfProgram UnlessEqual(uint value, byte skip) => Add(JumpIfEqual, 0, skip, value);

    /// <summary>Goes past so many instructions if what was loaded is the value.</summary>
    public BpfProgram IfEqual(uint value, byte skip) => Add(JumpIfEqual, skip, 0, value);

    /// <summary>Goes past so many instructions unless what was loaded is the value or more.</summary>
    public BpfProgram UnlessAtLeast(uint value, byte skip) => Add(JumpIfAtLeast, 0, skip, value);

    /// <summary>Goes past so many instructions unless a bit of these is set.</summary>
    public BpfProgram UnlessAnyOf(uint bits, byte skip) => Add(JumpIfAnyBit, 0, skip, bits);

    public BpfProgram Allow() => Add(ReturnValue, 0, 0, ActionAllow);

    /// <summary>The call is not made and fails with this errno.</summary>
    public BpfProgram Fail(int error) => Add(ReturnValue, 0, 0, ActionError | (uint)error);

    public BpfProgram Kill() => Add(ReturnValue, 0, 0, ActionKill);

    public byte[] ToArray() => [.. _code];

    private BpfProgram Add(ushort code, byte jumpTrue, byte jumpFalse, uint operand)
    {
        Span<byte> instruction = stackalloc byte[InstructionBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
        instruction[2] = jumpTrue;
        instruction[3] = jumpFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], operand);
        _code.AddRange(instruction);
        return this;
    }
}
