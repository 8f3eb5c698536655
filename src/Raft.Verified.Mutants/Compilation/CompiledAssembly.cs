using System.Collections.Immutable;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>An assembly that was compiled in memory.</summary>
/// <param name="Name">The simple name of the assembly.</param>
/// <param name="Image">The bytes of the assembly, as its file would contain them.</param>
public sealed record CompiledAssembly(string Name, ImmutableArray<byte> Image);
