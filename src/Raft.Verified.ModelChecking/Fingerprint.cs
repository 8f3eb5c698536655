using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A fingerprint of 128 bits, which stands for a value. The fingerprint of a set is the sum of the fingerprints of its
/// members. It can therefore be computed from the previous one and the changes of a step.
/// </summary>
internal readonly record struct Fingerprint(ulong Low, ulong High)
{
    /// <summary>Returns the first 128 bits of the SHA-256 of the bytes.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Fingerprint(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
    }

    /// <summary>
    /// Returns the fingerprint of a number. Equal numbers of different kinds have different fingerprints.
    /// </summary>
    public static Fingerprint Of(int kind, long number)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, kind);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], number);
        return Of(bytes);
    }

    public static Fingerprint operator +(Fingerprint left, Fingerprint right) => new(left.Low + right.Low, left.High + right.High);

    public static Fingerprint operator -(Fingerprint left, Fingerprint right) => new(left.Low - right.Low, left.High - right.High);

    public bool IsLessThan(Fingerprint other) => High < other.High || (High == other.High && Low < other.Low);
}
