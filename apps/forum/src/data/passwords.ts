import { hash, verify } from '@node-rs/argon2';

/** The cost of a hash: memory in KiB, and iterations. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
}

/** OWASP's recommendation for argon2id. */
const DEFAULT_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2 };

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown account (null) as for a wrong password. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

/** Hashes passwords with argon2id, the library's default. Only tests lower the cost. */
export async function createPasswords(cost: PasswordCost = DEFAULT_COST): Promise<Passwords> {
  const options = { ...cost, parallelism: 1 };
  const nobody = await hash('nobody has this password', options);
  return {
    hash: (password) => hash(password, options),
    async verify(passwordHash, password) {
      const isRight = await verify(passwordHash ?? nobody, password);
      return isRight && passwordHash !== null;
    },
  };
}
